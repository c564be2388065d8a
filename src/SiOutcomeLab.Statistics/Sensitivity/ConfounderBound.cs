namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>A confounder as strong as a multiple of measured covariates, and what it would do.</summary>
/// <param name="Benchmark">Name of the covariates it is compared with.</param>
/// <param name="TimesTreatment">How many times as strong with the treatment.</param>
/// <param name="TimesOutcome">How many times as strong with the outcome.</param>
/// <param name="TreatmentR2">Its partial R² with the treatment, given the covariates.</param>
/// <param name="OutcomeR2">Largest partial R² with the outcome, given treatment and covariates; at most 1.</param>
/// <param name="Adjusted">What the estimate would be; null when no confounder can be that strong (a partial R² of 1 or more).</param>
public sealed record ConfounderBound(
    string Benchmark, double TimesTreatment, double TimesOutcome, double TreatmentR2, double OutcomeR2, AdjustedEstimate? Adjusted);
