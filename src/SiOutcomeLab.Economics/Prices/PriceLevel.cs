using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Economics.Prices;

/// <summary>The prices that amounts are told in.</summary>
/// <param name="Year">The year.</param>
/// <param name="Index">The index that brought them there.</param>
/// <param name="IndexName">The index's name.</param>
public sealed record PriceLevel(int Year, string Index, BilingualText IndexName);
