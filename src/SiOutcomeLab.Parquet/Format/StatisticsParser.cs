namespace SiOutcomeLab.Parquet.Format;

/// <summary>
/// Collects the smallest and largest values that metadata tells, as bytes. They are only ever searched for what must not be in a file;
/// nothing that is read depends on them.
/// </summary>
internal static class StatisticsParser
{
    /// <summary>Parses <c>Statistics</c>: fields 1 and 2 (deprecated), 5 and 6 are largest and smallest values.</summary>
    public static void Parse(ref ThriftReader reader, ThriftType field, List<byte[]> values)
    {
        ThriftReader.ExpectStruct(field);
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id is 1 or 2 or 5 or 6) values.Add(reader.Bytes(type).ToArray());
            else reader.Skip(type);
        }
    }

    /// <summary>Parses <c>ColumnIndex</c>: fields 2 and 3 are the lists of pages' smallest and largest values.</summary>
    public static void ParseIndex(ReadOnlySpan<byte> bytes, List<byte[]> values)
    {
        var reader = new ThriftReader(bytes);
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id is 2 or 3)
            {
                var count = reader.List(type, ThriftType.Binary);
                for (var i = 0; i < count; i++) values.Add(reader.Bytes(ThriftType.Binary).ToArray());
            }
            else
            {
                reader.Skip(type);
            }
        }
    }
}
