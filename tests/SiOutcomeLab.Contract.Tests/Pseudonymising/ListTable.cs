namespace SiOutcomeLab.Contract.Tests.Pseudonymising;

/// <summary>A table made by a test: headings and rows.</summary>
internal sealed class ListTable(string[] headings, IEnumerable<string?[]> rows) : ISourceTable
{
    private readonly IEnumerator<string?[]> _rows = rows.GetEnumerator();

    public IReadOnlyList<string> Headings => headings;

    public NumberStyle Numbers => NumberStyle.CommaOrPoint;

    public bool IsWhole => _rows.Current.Length == headings.Length;

    public string? this[int column] => column < _rows.Current.Length ? _rows.Current[column] : null;

    public bool Read() => _rows.MoveNext();

    public bool IsNumber(int column) => false;

    public void Dispose() => _rows.Dispose();
}
