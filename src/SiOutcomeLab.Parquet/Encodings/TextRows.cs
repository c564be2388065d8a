using System.Text;
using System.Text.Unicode;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>Holds the values of a text column against UTF-8.</summary>
internal static class TextRows
{
    /// <summary>Checks rows just added to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The first of the rows.</param>
    /// <param name="present">Which of them have a value.</param>
    /// <param name="region">All bytes of the values: when they are ASCII, no row need be looked at.</param>
    public static void Verify(BytesBatch batch, int row, ReadOnlySpan<bool> present, ReadOnlySpan<byte> region)
    {
        if (Ascii.IsValid(region)) return;
        for (var i = 0; i < present.Length; i++)
        {
            if (present[i] && !Utf8.IsValid(batch[row + i]))
            {
                throw new ParquetFormatException(ParquetErrorCode.InvalidUtf8, "A text value is not UTF-8.");
            }
        }
    }
}
