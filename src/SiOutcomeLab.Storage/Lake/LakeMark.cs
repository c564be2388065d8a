using System.Security.Cryptography;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Storage.Lake;

/// <summary>
/// The word that a catalogue and its lake have in common. A hub sweeps out of its lake what its catalogue does not name: on another
/// catalogue's lake that would be everything.
/// </summary>
public static class LakeMark
{
    /// <summary>Makes sure that the lake is the catalogue's, and marks both when they are new.</summary>
    /// <exception cref="LakeFormatException">It is another catalogue's; nothing in it has been changed.</exception>
    public static async Task RequireAsync(ILakeHolds catalogue, IMarkedLake lake, string place, CancellationToken cancellationToken)
    {
        var mark = await catalogue.MarkAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), cancellationToken);
        if (await lake.MarkAsync(mark, cancellationToken) != mark) throw new LakeFormatException(LakeFormatProblem.AnotherCatalogues, place, null);
    }
}
