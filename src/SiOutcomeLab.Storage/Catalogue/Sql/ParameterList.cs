using System.Globalization;
using Dapper;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>
/// A list of values for a condition <c>IN</c>: one parameter each, which every dialect reads alike. A list handed to Dapper becomes
/// an array at PostgreSQL, which <c>IN</c> does not take.
/// </summary>
internal sealed class ParameterList
{
    /// <param name="name">What the parameters' names begin with; no other parameter's name does.</param>
    /// <param name="values">At least one.</param>
    public ParameterList(string name, IReadOnlyCollection<string> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        var names = values.Select((_, i) => name + i.ToString(CultureInfo.InvariantCulture)).ToArray();
        foreach (var (parameter, value) in names.Zip(values)) Parameters.Add(parameter, value);
        Sql = $"(@{string.Join(", @", names)})";
    }

    /// <summary>The list in parentheses.</summary>
    public string Sql { get; }

    /// <summary>The values; more may be added.</summary>
    public DynamicParameters Parameters { get; } = new();
}
