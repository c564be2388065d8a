namespace SiOutcomeLab.Contract;

/// <summary>One column on its way: from the table's cell, through the settings' words, to the contract's value.</summary>
internal sealed class SourceCells
{
    private readonly int _heading;
    private readonly string? _filling;
    private readonly IReadOnlySet<string> _nullTexts;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>>? _words;

    public SourceCells(MatchedColumn matched, ColumnBuilder builder, PseudonymiseOptions options)
    {
        Name = matched.Column.Name;
        Builder = builder;
        _heading = matched.Heading;
        _filling = matched.Heading < 0 ? options.Organisation.Code : null;
        _nullTexts = options.NullTexts;
        if (!options.Values.TryGetValue(Name, out var told) || told.Count == 0) return;
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (text, meaning) in told) words[text.Trim()] = meaning;
        _words = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Name { get; }

    public ColumnBuilder Builder { get; }

    public SourceFault Take(ISourceTable source)
    {
        if (_filling is not null) return Builder.Take(_filling);
        var text = source[_heading];
        var cell = text.AsSpan().Trim();
        if (_nullTexts.Count > 0 && !cell.IsEmpty && _nullTexts.Contains(cell.ToString())) cell = default;
        return _words is { } words && words.TryGetValue(cell, out var meaning) ? Builder.Take(meaning) : Builder.Take(cell);
    }
}
