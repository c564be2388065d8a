using System.Text.Json.Serialization;

namespace SiOutcomeLab.Disclosure;

/// <summary>One number of a release: a value that may be shown, or the fact that it may not. Never 0, −1 or text in its place.</summary>
[JsonConverter(typeof(CellJsonConverter))]
public readonly record struct Cell
{
    private readonly double _number;
    private readonly SuppressionReason _reason;
    private readonly bool _isShown;

    private Cell(double number, SuppressionReason reason, bool isShown)
    {
        _number = number;
        _reason = reason;
        _isShown = isShown;
    }

    /// <summary>Why the number is withheld; null when it is shown. A cell nobody has filled is withheld for few persons.</summary>
    public SuppressionReason? Suppression => _isShown ? null : _reason == 0 ? SuppressionReason.FewPersons : _reason;

    /// <summary>True when the number may be shown.</summary>
    public bool IsShown => _isShown;

    /// <summary>Gives the number if it may be shown.</summary>
    public bool TryGet(out double value)
    {
        value = _isShown ? _number : double.NaN;
        return _isShown;
    }

    internal static Cell Shown(double value) => new(value, default, isShown: true);

    internal static Cell Suppressed(SuppressionReason reason) => new(0, reason, isShown: false);
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

    /// <summary>One or two of those behind it make up nearly all of it.</summary>
    Dominance = 4,

    /// <summary>Fewer contributors than the minimum stand behind a pool once the largest, or the reader's own, is taken away.</summary>
    FewContributors = 5,
}
