using SiOutcomeLab.Economics.Quantities;

namespace SiOutcomeLab.Disclosure.Rules;

/// <summary>What a sum or mean of persons' amounts rests on.</summary>
/// <param name="Persons">Persons behind it.</param>
/// <param name="PersonsWithAny">Of them, those with an amount other than 0.</param>
/// <param name="LargestPersonShare">The largest person's share of it; null where parts have both signs, and counts decide.</param>
/// <param name="Municipalities">Municipalities behind a pool; null for what is not pooled.</param>
/// <param name="TwoLargestMunicipalitiesShare">The two largest municipalities' share.</param>
internal sealed record SumBasis(
    int Persons,
    int PersonsWithAny,
    double? LargestPersonShare,
    int? Municipalities,
    double TwoLargestMunicipalitiesShare)
{
    /// <summary>A mean of persons, in one plan or in a pool of several.</summary>
    public static SumBasis OfMean(Contributors behind, bool isPooled) => new(
        behind.Persons,
        behind.PersonsWithAny,
        behind.LargestPersonShare,
        isPooled ? behind.Municipalities : null,
        behind.TwoLargestMunicipalitiesShare);

    /// <summary>An effect, whose parts have both signs.</summary>
    public static SumBasis OfEffect(Contributors behind) => new(behind.Persons, behind.PersonsWithAny, null, null, 0);
}
