using System.Text;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Walks over all texts and values of a file's metadata, page headers and page indexes included, a chunk at a time.</summary>
internal sealed class MetadataTextWalk(ByteSource source, FileMetadata metadata, ParquetReaderOptions options)
{
    private const int FirstHeaderBytes = 1024;
    private const int MaxHeaderBytes = 1024 * 1024;

    private readonly List<byte[]> _found = [];
    private byte[] _header = new byte[FirstHeaderBytes];

    public IEnumerable<ParquetMetadataText> Walk()
    {
        yield return Text("the schema's name", metadata.Schema.RootName, null, null);
        if (metadata.CreatedBy is { } createdBy) yield return Text("the writing program", createdBy, null, null);
        foreach (var text in KeyValues(metadata.KeyValues, null, null)) yield return text;
        for (var group = 0; group < metadata.RowGroups.Count; group++)
        {
            foreach (var column in metadata.Schema.Columns)
            {
                var chunk = metadata.RowGroups[group].Chunks[column.Index];
                foreach (var text in KeyValues(chunk.KeyValues, column.Name, group)) yield return text;
                foreach (var value in chunk.Statistics) yield return new("a column chunk's statistics", column.Name, group, value);
                ReadIndex(chunk, column, group);
                foreach (var value in _found) yield return new("a page index", column.Name, group, value);
                for (var (at, page) = (chunk.Start, 0); at < chunk.Start + chunk.CompressedSize; page++)
                {
                    at = ReadPage(chunk, at, column, group, page);
                    foreach (var value in _found) yield return new("a page's statistics", column.Name, group, value);
                }
            }
        }
    }

    private static IEnumerable<ParquetMetadataText> KeyValues(
        IReadOnlyList<KeyValuePair<string, string>> keyValues, string? column, int? group)
    {
        foreach (var (key, value) in keyValues)
        {
            yield return Text("the key of a metadata entry", key, column, group);
            yield return Text("a metadata entry", value, column, group);
        }
    }

    private static ParquetMetadataText Text(string where, string text, string? column, int? group) =>
        new(where, column, group, Encoding.UTF8.GetBytes(text));

    private void ReadIndex(ColumnChunkMetadata chunk, ParquetColumn column, int group)
    {
        _found.Clear();
        var (offset, length) = chunk.ColumnIndex;
        if (length == 0) return;
        try
        {
            if (offset < 4 || length < 0 || offset > source.Length - length)
            {
                throw new ParquetFormatException(ParquetErrorCode.InconsistentLayout, "A page index lies outside the file.");
            }

            if (length > options.MaxFooterBytes)
            {
                throw new ParquetFormatException(
                    ParquetErrorCode.LimitExceeded, $"A page index is larger than {options.MaxFooterBytes} bytes.");
            }

            var bytes = new byte[length];
            source.ReadExactly(offset, bytes);
            StatisticsParser.ParseIndex(bytes, _found);
        }
        catch (ParquetFormatException error)
        {
            throw error.At(column.Name, group, byteOffset: offset);
        }
    }

    /// <summary>Collects the values of one page header.</summary>
    /// <returns>Where the next page begins.</returns>
    private long ReadPage(ColumnChunkMetadata chunk, long at, ParquetColumn column, int group, int page)
    {
        var left = chunk.Start + chunk.CompressedSize - at;
        for (long ask = FirstHeaderBytes; ; ask *= 8)
        {
            var length = (int)Math.Min(Math.Min(ask, MaxHeaderBytes), left);
            if (_header.Length < length) _header = new byte[length];
            try
            {
                _found.Clear();
                source.ReadExactly(at, _header.AsSpan(0, length));
                var header = PageHeaderParser.Parse(_header.AsSpan(0, length), out var headerLength, _found);
                if (header.CompressedSize > left - headerLength)
                {
                    throw new ParquetFormatException(
                        ParquetErrorCode.InconsistentLayout, "A page is longer than what is left of its column chunk.");
                }

                return at + headerLength + header.CompressedSize;
            }
            catch (ParquetFormatException error) when (error.Code != ParquetErrorCode.Truncated || length == Math.Min(MaxHeaderBytes, left))
            {
                throw error.At(column.Name, group, page, at);
            }
            catch (ParquetFormatException)
            {
                // A header with long statistics: look at more of the chunk.
            }
        }
    }
}
