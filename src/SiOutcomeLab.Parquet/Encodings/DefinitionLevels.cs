using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Which rows of a page have a value. A flat optional column has levels 0 (null) and 1, in the hybrid encoding with one bit.
/// The number of values is counted when the page begins, so that the value decoder knows what it must find.
/// </summary>
internal struct DefinitionLevels
{
    private HybridRuns _runs;
    private bool _allPresent;

    /// <summary>Begins a page without levels: every row has a value.</summary>
    public void ResetRequired() => _allPresent = true;

    /// <summary>Begins a page.</summary>
    /// <returns>Rows that have a value.</returns>
    public int Reset(ByteRange bytes, int rows)
    {
        _runs.Reset(bytes, 1);
        var present = 0;
        for (var done = 0; done < rows;)
        {
            _runs.EnsureRun();
            var count = (int)Math.Min(_runs.Left, rows - done);
            if (_runs.IsRepeated)
            {
                present += count * _runs.Value;
            }
            else
            {
                present += _runs.CountOnes(count);
            }

            _runs.Take(count);
            done += count;
        }

        _allPresent = present == rows;
        _runs.Reset(bytes, 1);
        return present;
    }

    /// <summary>Reads the next rows' levels.</summary>
    /// <returns>How many of them have a value.</returns>
    public int Read(Span<bool> present)
    {
        if (_allPresent)
        {
            present.Fill(true);
            return present.Length;
        }

        for (var done = 0; done < present.Length;)
        {
            _runs.EnsureRun();
            var count = (int)Math.Min(_runs.Left, present.Length - done);
            if (_runs.IsRepeated) present.Slice(done, count).Fill(_runs.Value != 0);
            else _runs.Expand(present.Slice(done, count));
            _runs.Take(count);
            done += count;
        }

        return CountTrue(present);
    }

    private static int CountTrue(ReadOnlySpan<bool> bits) => MemoryMarshal.AsBytes(bits).Count((byte)1);
}
