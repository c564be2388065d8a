namespace SiOutcomeLab.Statistics.Matching;

/// <summary>How many partners a treated row and a control may have in an optimal matching.</summary>
/// <param name="LeastControls">Of a treated row.</param>
/// <param name="MostControls">Of a treated row; <see cref="LineFlow.Unbounded"/> for no bound.</param>
/// <param name="LeastTreated">Of a control; 0 or 1.</param>
/// <param name="MostTreated">Of a control; <see cref="LineFlow.Unbounded"/> for no bound.</param>
internal readonly record struct PartnerBounds(int LeastControls, int MostControls, int LeastTreated, int MostTreated)
{
    /// <summary>
    /// k controls each; where there are not enough, all controls, spread as evenly as can be.
    /// </summary>
    public static PartnerBounds Ratio(int ratio, int treated, int controls) => controls >= (long)ratio * treated
        ? new(ratio, ratio, 0, 1)
        : new(controls / treated, (controls + treated - 1) / treated, 1, 1);
}
