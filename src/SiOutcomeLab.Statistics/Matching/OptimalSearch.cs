namespace SiOutcomeLab.Statistics.Matching;

/// <summary>What optimal pair matching and full matching ask of the same search.</summary>
/// <param name="Rules">Calipers and common support.</param>
/// <param name="Bounds">Partners per row, from the numbers of treated and control rows in a stratum.</param>
/// <param name="OmittedShare">Share of control rows that may stay without a partner.</param>
/// <param name="MayFail">True when treated rows may stay without partners where the bounds cannot be met.</param>
internal sealed record OptimalSearch(
    NearestNeighbourOptions Rules, Func<int, int, PartnerBounds> Bounds, double OmittedShare, bool MayFail);
