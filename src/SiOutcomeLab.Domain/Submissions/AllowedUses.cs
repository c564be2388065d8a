namespace SiOutcomeLab.Domain.Submissions;

/// <summary>What an organisation lets its rows be used for. Cohort building honours it.</summary>
[Flags]
public enum AllowedUses
{
    /// <summary>Nothing: the rows are kept and not read.</summary>
    None = 0,

    /// <summary>Evaluation of the organisation's own interventions.</summary>
    OwnEvaluation = 1,

    /// <summary>Comparison persons for other organisations' evaluations in the same project.</summary>
    ComparisonForOthers = 2,

    /// <summary>Pooled results over organisations.</summary>
    PooledResults = 4,

    /// <summary>Aggregated research data sets.</summary>
    ResearchDataSets = 8,
}
