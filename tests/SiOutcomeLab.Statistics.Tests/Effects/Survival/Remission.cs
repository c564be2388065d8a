namespace SiOutcomeLab.Statistics.Tests.Effects.Survival;

/// <summary>
/// Weeks of remission of 42 leukaemia patients, 6-mercaptopurine and placebo: Freireich et al. (1963), Blood 21(6), p. 699–716, as tabled
/// by Cox (1972), JRSS B 34(2), p. 187–220. Minus: censored.
/// </summary>
internal static class Remission
{
    private static readonly int[] Drug = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];
    private static readonly int[] Placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];

    public static readonly double[] Time = [.. Drug.Concat(Placebo).Select(t => (double)Math.Abs(t))];
    public static readonly bool[] Happened = [.. Drug.Concat(Placebo).Select(t => t > 0)];
    public static readonly bool[] Treated = [.. Enumerable.Range(0, 42).Select(i => i < 21)];
}
