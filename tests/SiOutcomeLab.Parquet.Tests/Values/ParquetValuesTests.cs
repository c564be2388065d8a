using System.Globalization;
using System.Numerics;

namespace SiOutcomeLab.Parquet.Tests.Values;

public sealed class ParquetValuesTests
{
    [Theory]
    [InlineData("00", 2, "0.00")]
    [InlineData("", 0, "0")]
    [InlineData("ff", 0, "-1")]
    [InlineData("ff", 3, "-0.001")]
    [InlineData("3039", 2, "123.45")]
    [InlineData("0000003039", 5, "0.12345")]
    [InlineData("80000000000000000000000000000000", 38, "-1.70141183460469231731687303715884105728")]
    [InlineData("4b3b4ca85a86c47a098a223fffffffff", 10, "9999999999999999999999999999.9999999999")]
    public void ToDecimal_Bytes_IsExact(string hex, int scale, string expected) =>
        Assert.Equal(
            expected, ParquetValues.ToDecimal(Column(ParquetLogicalType.Decimal, scale: scale), Convert.FromHexString(hex)).ToString());

    [Theory]
    [InlineData(12345, 2, "123.45")]
    [InlineData(-5, 4, "-0.0005")]
    [InlineData(long.MinValue, 18, "-9.223372036854775808")]
    public void ToDecimal_Integer_IsExactAsDecimalToo(long value, int scale, string expected)
    {
        var number = ParquetValues.ToDecimal(Column(ParquetLogicalType.Decimal, scale: scale), value);

        Assert.Equal(expected, number.ToString());
        Assert.True(number.TryToDecimal(out var asDecimal));
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), asDecimal);
    }

    [Fact]
    public void TryToDecimal_MoreThanADecimalHolds_SaysNo()
    {
        Assert.True(new ParquetDecimal((BigInteger)decimal.MaxValue, 0).TryToDecimal(out var largest));
        Assert.Equal(decimal.MaxValue, largest);
        Assert.False(new ParquetDecimal((BigInteger)decimal.MaxValue + 1, 0).TryToDecimal(out _));
        Assert.False(new ParquetDecimal((BigInteger)decimal.MinValue - 1, 0).TryToDecimal(out _));
        Assert.False(new ParquetDecimal(1, 29).TryToDecimal(out _));
    }

    [Theory]
    [InlineData(ParquetLogicalType.TimestampMillis, 1_700_000_000_123, true, "2023-11-14T22:13:20.123Z")]
    [InlineData(ParquetLogicalType.TimestampMicros, 1_700_000_000_123_456, false, "2023-11-14T22:13:20.123456")]
    [InlineData(ParquetLogicalType.TimestampNanos, 1_700_000_000_123_456_789, false, "2023-11-14T22:13:20.123456789")]
    [InlineData(ParquetLogicalType.TimestampNanos, -1, true, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(ParquetLogicalType.TimestampMillis, -62_135_596_800_000, false, "0001-01-01T00:00:00")]
    [InlineData(ParquetLogicalType.TimestampMillis, -62_135_596_800_001, false, "-62135596800001000000 ns from 1970")]
    [InlineData(ParquetLogicalType.TimestampMicros, long.MaxValue, true, "9223372036854775807000 ns from 1970")]
    public void ToTimestamp_AnyUnit_IsExact(ParquetLogicalType type, long value, bool isUtc, string expected) =>
        Assert.Equal(expected, ParquetValues.ToTimestamp(Column(type, isUtc: isUtc), value).ToString());

    [Fact]
    public void TryToDateTime_FinerThanTicksOrOutOfRange_SaysNo()
    {
        Assert.True(new ParquetTimestamp(1_700_000_000_123_456_700, true).TryToDateTime(out var time));
        Assert.Equal((new DateTime(2023, 11, 14, 22, 13, 20, 123, 456, DateTimeKind.Utc).AddTicks(7), DateTimeKind.Utc), (time, time.Kind));
        Assert.False(new ParquetTimestamp(1, true).TryToDateTime(out _));
        Assert.False(new ParquetTimestamp(Int128.MaxValue, true).TryToDateTime(out _));
    }

    // Values by hand from parquet-format's rule and Julian day 2440588 = 1970-01-01; the last is beyond 64-bit nanoseconds.
    [Theory]
    [InlineData("00000000000000008c3d2500", "1970-01-01T00:00:00")]
    [InlineData("01000000000000008b3d2500", "1969-12-31T00:00:00.000000001")]
    [InlineData("ffff4e91944e00008c3d2500", "1970-01-01T23:59:59.999999999")]
    [InlineData("00000000000000002cfe5100", "9999-12-31T00:00:00")]
    public void Int96ToTimestamp_KnownBytes_GivesTheTime(string hex, string expected) =>
        Assert.Equal(expected, ParquetValues.Int96ToTimestamp(Convert.FromHexString(hex)).ToString());

    [Theory]
    [InlineData(ParquetLogicalType.TimeMillis, 86_399_999)]
    [InlineData(ParquetLogicalType.TimeMicros, 86_399_999_999)]
    [InlineData(ParquetLogicalType.TimeNanos, 86_399_999_999_999)]
    public void ToTimeOfDay_LastOfTheDay_IsTheLast(ParquetLogicalType type, long last)
    {
        Assert.InRange(ParquetValues.ToTimeOfDay(Column(type), last), 86_399_999_000_000, 86_399_999_999_999);
        Assert.Equal(0, ParquetValues.ToTimeOfDay(Column(type), 0));
        foreach (var wrong in new[] { -1, last + 1, long.MaxValue })
        {
            var error = Assert.Throws<ParquetFormatException>(() => ParquetValues.ToTimeOfDay(Column(type), wrong));
            Assert.Equal((ParquetErrorCode.InvalidEncodedData, "c"), (error.Code, error.Column));
        }
    }

    [Fact]
    public void TryToDate_EdgesOfTheCalendar_AreTold()
    {
        Assert.True(ParquetValues.TryToDate(-719_162, out var first));
        Assert.Equal(DateOnly.MinValue, first);
        Assert.True(ParquetValues.TryToDate(2_932_896, out var last));
        Assert.Equal(DateOnly.MaxValue, last);
        Assert.False(ParquetValues.TryToDate(-719_163, out _));
        Assert.False(ParquetValues.TryToDate(2_932_897, out _));
        Assert.False(ParquetValues.TryToDate(int.MinValue, out _));
    }

    [Fact]
    public void HalvesAndUuids_KnownBytes_GiveTheirValues()
    {
        Assert.Equal((Half)1.5, ParquetValues.ToHalf([0x00, 0x3E]));
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff",
            ParquetValues.ToGuid(Convert.FromHexString("00112233445566778899aabbccddeeff")).ToString());
    }

    [Fact]
    public void AnyValue_OfAnotherColumnOrLength_IsMisuse()
    {
        Assert.Throws<ArgumentException>(() => ParquetValues.ToTimestamp(Column(ParquetLogicalType.Date), 1));
        Assert.Throws<ArgumentException>(() => ParquetValues.ToTimeOfDay(Column(ParquetLogicalType.Date), 1));
        Assert.Throws<ArgumentException>(() => ParquetValues.Int96ToTimestamp(new byte[8]));
        Assert.Throws<ArgumentException>(() => ParquetValues.ToHalf(new byte[4]));
        Assert.Throws<ArgumentException>(() => ParquetValues.ToGuid(new byte[17]));
    }

    private static ParquetColumn Column(ParquetLogicalType type, int scale = 0, bool isUtc = true) =>
        new("c", 0, ParquetPhysicalType.Int64, type, false, Scale: scale, IsUtc: isUtc);
}
