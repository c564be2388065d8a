using System.Text.Json.Serialization;

namespace SiOutcomeLab.Disclosure;

/// <summary>One number of a release: a value that may be shown, or the fact that it may not. Never 0, −1 or text in its place.</summary>
[JsonConverter(typeof(CellJsonConverter))]
public readonly record struct Cell
{
    private Cell(double number, SuppressionReason? suppression)
    {
        Number = number;
        Suppression = suppression;
    }

    /// <summary>Why the number is withheld; null when it is shown.</summary>
    public SuppressionReason? Suppression { get; }

    /// <summary>True when the number may be shown.</summary>
    public bool IsShown => Suppression is null;

    private double Number { get; }

    /// <summary>Gives the number if it may be shown.</summary>
    public bool TryGet(out double value)
    {
        value = IsShown ? Number : double.NaN;
        return IsShown;
    }

    internal static Cell Shown(double value) => new(value, null);

    internal static Cell Suppressed(SuppressionReason reason) => new(0, reason);
}

/// <summary>Why a number is withheld.</summary>
public enum SuppressionReason
{
    /// <summary>It rests on fewer persons than the minimum.</summary>
    FewPersons = 1,

    /// <summary>It could be worked out from numbers that are shown, together with a withheld one.</summary>
    Secondary = 2,

    /// <summary>A model behind it has too few persons for its parameters.</summary>
    FewDegreesOfFreedom = 3,
}
