namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>Covariates without gaps, with how they became so and what that assumes.</summary>
public sealed class CompletedDesign
{
    /// <summary>The covariates.</summary>
    public required DesignMatrix X { get; init; }

    /// <summary>Numbers of the rows kept, in order; all of them for the missing-indicator method.</summary>
    public required IReadOnlyList<int> Rows { get; init; }

    /// <summary>The method.</summary>
    public required MissingCovariateMethod Method { get; init; }

    /// <summary>What must be true for it.</summary>
    public required MissingDataAssumption Assumption { get; init; }

    /// <summary>Missing values per column, in column order; columns without any have 0.</summary>
    public required IReadOnlyList<(string Column, int Missing)> Missing { get; init; }

    /// <summary>Rows left out.</summary>
    public required int RowsLost { get; init; }
}
