using System.Collections.Concurrent;

namespace SiOutcomeLab.Reference.Tests;

/// <summary>Reference numbers by id, as R wrote them with 12 digits. Remembers which were read: those are what the tests cover.</summary>
internal sealed class FlatValues
{
    public static readonly FlatValues Lalonde = new("lalonde_flat.csv");
    public static readonly FlatValues NoTies = new("match_notie_flat.csv");
    public static readonly FlatValues Meta = new("meta_flat.csv");
    public static readonly FlatValues Did = new("did_flat.csv");
    public static readonly FlatValues Sensitivity = new("sensitivity_flat.csv");
    public static readonly FlatValues Benchmark = new("benchmark_flat.csv");
    public static readonly FlatValues HonestDid = new("honestdid_flat.csv");
    public static readonly FlatValues Coverage = new("coverage_flat.csv");
    public static readonly FlatValues Packages = new("packages_flat.csv");

    private readonly Dictionary<string, double> _values;
    private readonly ConcurrentDictionary<string, bool> _read = new(StringComparer.Ordinal);

    private FlatValues(string file)
    {
        File = file;
        var table = ReferenceTable.Read(file);
        Ids = Numbered(table.Text("id"));
        _values = Ids.Zip(table.Numbers("value")).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    public static IReadOnlyList<FlatValues> All => [Lalonde, NoTies, Meta, Did, Sensitivity, Benchmark, HonestDid, Coverage, Packages];

    public string File { get; }

    /// <summary>All ids, in the file's order; the second of one name, as R writes rows of a table, ends in #2, and so on.</summary>
    public IReadOnlyList<string> Ids { get; }

    public double this[string id]
    {
        get
        {
            var value = _values[id];
            _read.TryAdd(id, true);
            return value;
        }
    }

    /// <summary>All numbers of a block, in the file's order.</summary>
    public double[] Block(string block) =>
        [.. Ids.Where(id => id.StartsWith(block + ".", StringComparison.Ordinal) && !id.AsSpan(block.Length + 1).Contains('.')).Select(id => this[id])];

    public double? Find(string id) => _values.ContainsKey(id) ? this[id] : null;

    public bool WasRead(string id) => _read.ContainsKey(id);

    private static string[] Numbered(string[] ids)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. ids.Select(id => (seen[id] = seen.GetValueOrDefault(id) + 1) is > 1 and var nth ? $"{id}#{nth}" : id)];
    }
}
