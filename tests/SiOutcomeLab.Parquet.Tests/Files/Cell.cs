using System.Globalization;
using System.Text;

namespace SiOutcomeLab.Parquet.Tests.Files;

/// <summary>
/// One spelling of a value for all readers, the same as <c>tests/foreign/parquet/cells.mjs</c>: bits for floating point, bytes for text.
/// </summary>
internal static class Cell
{
    public static string? Of(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        float number => float.IsNaN(number) ? "f:nan" : $"f:{BitConverter.SingleToUInt32Bits(number):x8}",
        double number => double.IsNaN(number) ? "d:nan" : $"d:{BitConverter.DoubleToUInt64Bits(number):x16}",
        string text => Of(Encoding.UTF8.GetBytes(text)),
        byte[] bytes => $"x:{Convert.ToHexStringLower(bytes)}",
        _ => throw new ArgumentException(value.GetType().Name),
    };
}
