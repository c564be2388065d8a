using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>The column of persons: an identity number goes in, its pseudonym comes out, and the number is kept nowhere.</summary>
internal sealed class PseudonymBuilder(ProjectKey key, DateOnly reference, bool isNumber)
    : ColumnBuilder(ParquetColumnSpec.Text(ContractColumns.PersonId))
{
    private readonly byte[]?[] _values = new byte[MostRows][];
    private readonly byte[] _canonical = new byte[PersonNumber.CanonicalLength];
    private int _rows;

    public override SourceFault Take(ReadOnlySpan<char> cell) =>
        SourceRules.Of(PersonNumber.Read(cell, reference, _canonical, isNumber));

    public override void Keep()
    {
        // Each place keeps its array from row group to row group.
        var value = _values[_rows++] ??= new byte[PersonId.HexLength];
        Span<char> hex = stackalloc char[PersonId.HexLength];
        key.WritePseudonym(_canonical, hex);
        System.Text.Encoding.ASCII.GetBytes(hex, value);
        CryptographicOperations.ZeroMemory(_canonical);
    }

    public override void Write(ParquetRowGroupWriter group)
    {
        group.WriteBytes(_values.AsSpan(0, _rows));
        _rows = 0;
    }
}
