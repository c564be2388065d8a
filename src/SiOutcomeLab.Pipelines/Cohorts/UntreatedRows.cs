namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>The risk set of one index period with nobody treated in it, and some numbers beside.</summary>
/// <param name="Rows">Those whose covariates are known; no value from any start of the method on is in them.</param>
/// <param name="Eligible">Persons in the target group, whether or not their covariates are known.</param>
/// <param name="EligibleOwn">Of them, those registered in the plan's own municipality.</param>
/// <param name="StartedSoFar">Persons who have started the plan's intervention within its window, as far as has been told.</param>
internal sealed record UntreatedRows(TrialRows Rows, int Eligible, int EligibleOwn, int StartedSoFar);
