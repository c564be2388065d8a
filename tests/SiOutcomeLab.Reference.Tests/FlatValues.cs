namespace SiOutcomeLab.Reference.Tests;

/// <summary>Reference numbers by id, as R wrote them with 12 digits.</summary>
internal sealed class FlatValues
{
    public static readonly FlatValues Lalonde = new("lalonde_flat.csv");
    public static readonly FlatValues NoTies = new("match_notie_flat.csv");

    private readonly Dictionary<string, double> _values;

    private FlatValues(string file)
    {
        var table = ReferenceTable.Read(file);
        var values = table.Numbers("value");
        _values = table.Text("id").Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    public double this[string id] => _values[id];

    public double? Find(string id) => _values.TryGetValue(id, out var value) ? value : null;
}
