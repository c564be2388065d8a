namespace SiOutcomeLab.Domain.Effects;

/// <summary>
/// How the two groups' preference scores are spread: the probability of taking part with the participants' share of all taken out, so that
/// 0.5 is as likely as anybody. Each person counts once, in the first of their index periods.
/// </summary>
/// <param name="Treated">Participants in each of <see cref="Bins"/> equally wide bins from 0 to 1.</param>
/// <param name="Comparison">Comparison persons in each.</param>
public sealed record ScoreSpread(IReadOnlyList<int> Treated, IReadOnlyList<int> Comparison)
{
    /// <summary>The number of bins.</summary>
    public const int Bins = 20;
}
