namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>One group's deviation from what its persons' covariates lead to expect.</summary>
/// <param name="Group">The group's code.</param>
/// <param name="Persons">Its number of persons.</param>
/// <param name="Estimate">Shrunken deviation on the model's scale (log odds, or the outcome's unit).</param>
/// <param name="StandardError">Conditional standard deviation, with coefficients and variances taken as known.</param>
public sealed record GroupEffect(int Group, int Persons, double Estimate, double StandardError);
