namespace SiOutcomeLab.Statistics;

/// <summary>
/// Why a quantity cannot be estimated from the data at hand. Each reason has one remedy; callers word it for their readers.
/// </summary>
public enum NotEstimableReason
{
    /// <summary>There is no treated row. Remedy: wait for participants, or widen the target group or the index periods.</summary>
    NoTreated = 1,

    /// <summary>There is no comparison row. Remedy: widen the comparison pool.</summary>
    NoComparison = 2,

    /// <summary>
    /// A covariate, or a combination of covariates, splits treated from comparison rows wholly or in part, so that the likelihood has
    /// no maximum. Remedy: restrict the sample to where both are found, merge the named categories, or use a penalised model.
    /// </summary>
    Separation = 3,

    /// <summary>
    /// Columns of a model are linear combinations of others where they must be told apart. Remedy: drop or merge the named columns.
    /// </summary>
    Collinear = 4,

    /// <summary>
    /// The treated lie (in part) outside of what the comparison rows can represent. Remedy: restrict the target group to the common
    /// support and say so in the estimand, balance fewer covariates, or widen the comparison pool.
    /// </summary>
    NoOverlap = 5,

    /// <summary>Too few matches were found. Remedy: a wider caliper, fewer exact strata, a larger pool, or weights instead.</summary>
    TooFewMatches = 6,

    /// <summary>
    /// The iteration ended before its tolerance. Remedy: fewer or coarser covariates; it is reported rather than used unfinished.
    /// </summary>
    DidNotConverge = 7,

    /// <summary>
    /// Nothing varies: no covariate or no outcome differs between rows. Remedy: choose a measure or covariates that vary.
    /// </summary>
    NoVariation = 8,

    /// <summary>
    /// Fewer rows or clusters than the method's parameters need. Remedy: more persons, fewer covariates, or pooling with others.
    /// </summary>
    TooFewObservations = 9,

    /// <summary>
    /// A balance or overlap gate judged the comparison unfit before the outcome was looked at. Remedy: another matching or weighting
    /// method, or more covariates in the propensity model; never another outcome.
    /// </summary>
    GateFailed = 10
}
