using System.Globalization;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>
/// Which rows of a file as it was sent are no longer in the lake's copy, so that the rows that remain keep the numbers their sender knows.
/// Kept in the file itself, as numbers from 1 in rising order, separated by spaces.
/// </summary>
internal sealed class ErasedRows
{
    /// <summary>The name under which the numbers stand in the file's metadata.</summary>
    public const string Key = "silab_erased_rows";

    private readonly long[] _numbers;

    private ErasedRows(long[] numbers) => _numbers = numbers;

    /// <summary>Reads them; a file that does not name them has lost none.</summary>
    public static ErasedRows Of(IReadOnlyDictionary<string, string> metadata) => new(
        metadata.TryGetValue(Key, out var text)
            ? [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture))]
            : []);

    /// <summary>The numbers that the rows at these positions of the lake's copy (from 0, rising) had in the file as it was sent.</summary>
    public IEnumerable<long> NumbersAt(IEnumerable<long> positions)
    {
        var before = 0;
        foreach (var position in positions)
        {
            var number = position + 1 + before;
            while (before < _numbers.Length && _numbers[before] <= number)
            {
                before++;
                number++;
            }

            yield return number;
        }
    }

    /// <summary>These and the rows at some more positions of the lake's copy.</summary>
    public ErasedRows And(IReadOnlyList<long> positions) => new([.. _numbers.Concat(NumbersAt(positions)).Order()]);

    /// <summary>As it is written in the file.</summary>
    public override string ToString() => string.Join(' ', _numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));
}
