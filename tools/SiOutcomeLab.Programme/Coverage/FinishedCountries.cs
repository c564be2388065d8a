using System.Text.Json;
using System.Text.Json.Serialization;

namespace SiOutcomeLab.Programme.Coverage;

/// <summary>The file of finished countries, one a line: a study that was stopped goes on where it stood.</summary>
internal sealed class FinishedCountries
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly string _path;
    private readonly Lock _lock = new();
    private readonly List<CountryRow> _rows = [];

    /// <summary>Opens the file; lines of another seed are left alone and not counted, and a line that a crash cut short is made again.</summary>
    public FinishedCountries(string path, ulong seed)
    {
        _path = path;
        if (!File.Exists(path)) return;
        var whole = File.ReadAllLines(path).Select(TryRead).OfType<CountryRow>().ToArray();
        _rows.AddRange(whole.Where(r => r.Seed == seed));
        File.WriteAllLines(path, whole.Select(r => JsonSerializer.Serialize(r, Options)));
    }

    /// <summary>The rows, by case and number.</summary>
    public IReadOnlyList<CountryRow> Rows
    {
        get
        {
            lock (_lock) return [.. _rows.OrderBy(r => r.Case, StringComparer.Ordinal).ThenBy(r => r.Number)];
        }
    }

    public bool Has(string caseName, int number)
    {
        lock (_lock) return _rows.Exists(r => r.Case == caseName && r.Number == number);
    }

    public void Add(CountryRow row)
    {
        lock (_lock)
        {
            _rows.Add(row);
            File.AppendAllText(_path, JsonSerializer.Serialize(row, Options) + "\n");
        }
    }

    private static CountryRow? TryRead(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CountryRow>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
