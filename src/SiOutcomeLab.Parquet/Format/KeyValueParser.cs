namespace SiOutcomeLab.Parquet.Format;

/// <summary>
/// Parses a list of <c>KeyValue</c>, in the file's order and with keys that repeat: what a sender hides in one must be seen.
/// </summary>
internal static class KeyValueParser
{
    public static List<KeyValuePair<string, string>> Parse(ref ThriftReader reader, ThriftType type, int most)
    {
        var count = reader.List(type, ThriftType.Struct);
        if (count > most)
        {
            throw new ParquetFormatException(ParquetErrorCode.LimitExceeded, $"The metadata has more than {most} key-value entries.");
        }

        var keyValues = new List<KeyValuePair<string, string>>(count);
        for (var i = 0; i < count; i++)
        {
            string? key = null;
            var value = string.Empty;
            for (var id = 0; reader.NextField(ref id, out var field);)
            {
                if (id == 1) key = reader.Text(field);
                else if (id == 2) value = reader.Text(field);
                else reader.Skip(field);
            }

            keyValues.Add(new(key ?? throw FooterParser.Missing("a metadata entry's key"), value));
        }

        return keyValues;
    }
}
