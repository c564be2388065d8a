namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>The table in force for one kind of code; a block replaces it or lets it stand.</summary>
internal sealed class SequenceTable(SequenceCodes codes)
{
    private readonly FseTable _own = new(codes.MaxLog);

    /// <summary>The table in force, or null when the frame has not had one.</summary>
    public FseTable? Current { get; private set; }

    /// <summary>Forgets the table: a frame may not use that of the frame before.</summary>
    public void Forget() => Current = null;

    /// <summary>Takes a block's choice of table.</summary>
    /// <param name="mode">0 default, 1 one code only, 2 described here, 3 as in the block before.</param>
    /// <param name="source">Begins with what the choice needs.</param>
    /// <returns>Bytes used.</returns>
    /// <exception cref="ParquetFormatException">The description is malformed, or there is no block before.</exception>
    public int Read(int mode, ReadOnlySpan<byte> source)
    {
        switch (mode)
        {
            case 0:
                Current = codes.Default;
                return 0;
            case 1:
                if (source.IsEmpty) throw ZstdFault.Of($"ends inside its table of {codes.Name}");
                if (source[0] >= codes.Values.Length) throw ZstdFault.Of($"has a code outside the {codes.Name}");
                _own.BuildSingle(codes.Values[source[0]], codes.Extras[source[0]]);
                Current = _own;
                return 1;
            case 2:
                Span<short> counts = stackalloc short[codes.Values.Length];
                var bytes = FseCounts.Read(source, counts, codes.MaxLog, out var symbols, out var log);
                _own.Build(counts[..symbols], log, codes.Values, codes.Extras);
                Current = _own;
                return bytes;
            default:
                if (Current is null) throw ZstdFault.Of($"uses the table of {codes.Name} of a block before, but there is none");
                return 0;
        }
    }
}
