namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>What an evaluation asks of a plan's trials.</summary>
internal interface ITrials
{
    /// <summary>The outcomes, the primary first.</summary>
    IReadOnlyList<CohortOutcomeDefinition> Definitions { get; }

    /// <summary>The persons that an outcome is estimated on.</summary>
    /// <param name="outcome">Its place in <see cref="Definitions"/>.</param>
    Cohort For(int outcome);

    /// <summary>
    /// The same and those for whom the outcome was not observed, told by <see cref="Cohort.Observed"/>: for weights that let others stand
    /// for them.
    /// </summary>
    /// <param name="outcome">Its place in <see cref="Definitions"/>.</param>
    Cohort WithLost(int outcome);

    /// <summary>A term that no model is given, by trial row; NaN when not observed.</summary>
    /// <param name="term">Its place: the plan's placebos, then its subgroups.</param>
    double[] HeldOutColumn(int term);

    /// <summary>The names of a held-out category's codes; empty for a number.</summary>
    IReadOnlyList<string> HeldOutLevels(int term);

    /// <summary>The methods that persons received in the follow-up of the primary outcome, by trial row; null when it is not told.</summary>
    IReadOnlyList<ReceivedMethod>? Received => null;

    /// <summary>The first period since the start of which <see cref="PrimaryAt"/> tells, negative before it; null when it does not.</summary>
    int? FirstEventTime => null;

    /// <summary>By trial row, the primary measure in a period since the start; NaN when not observed.</summary>
    /// <param name="time">From <see cref="FirstEventTime"/> to the primary horizon.</param>
    double[] PrimaryAt(int time) => throw new NotSupportedException("These trials do not tell of single periods.");

    /// <summary>By trial row, why the primary outcome was not observed; null when it is not told.</summary>
    IReadOnlyList<LossReason>? Losses => null;
}
