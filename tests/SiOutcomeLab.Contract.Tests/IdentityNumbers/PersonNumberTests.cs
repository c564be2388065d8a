using System.Globalization;
using System.Text;

namespace SiOutcomeLab.Contract.Tests.IdentityNumberTests;

public sealed class PersonNumberTests
{
    private static readonly DateOnly Reference = new(2009, 12, 31);

    // personnummer/meta, testdata/structured.json and interim.json (MIT), at a reference date for which its centenarians are that:
    // twelve digits, then other spellings of the same person.
    public static TheoryData<string, string[]> Published => new()
    {
        { "190905271474", ["090527+1474", "19090527+1474"] },
        { "198211059954", ["8211059954", "821105-9954", "19821105-9954"] },
        { "199012119948", ["9012119948", "901211-9948", "19901211-9948"] },
        { "187912219990", ["791221+9990", "18791221+9990"] },
        { "200012099891", ["0012099891", "001209-9891", "20001209-9891"] },
        { "195705749959", ["5705749959", "570574-9959", "19570574-9959"] },
        { "197306749982", ["7306749982", "730674-9982", "19730674-9982"] },
        // Skatteverket's example of a co-ordination number, and of a personnummer.
        { "197010632391", ["701063-2391", "7010632391"] },
        { "196408233234", ["640823-3234", "6408233234"] },
        { "20000101T220", ["20000101t220", "000101T220", "000101-T220", "20000101-T220"] },
        { "20000101P220", ["000101P220", "000101-p220"] },
    };

    private static string? Read(string text, DateOnly? reference = null, bool isNumber = false)
    {
        var canonical = new byte[PersonNumber.CanonicalLength];
        return PersonNumber.Read(text, reference ?? Reference, canonical, isNumber) == PersonNumberFault.None
            ? Encoding.ASCII.GetString(canonical)
            : null;
    }

    private static PersonNumberFault FaultOf(string text, bool isNumber = false) =>
        PersonNumber.Read(text, Reference, new byte[PersonNumber.CanonicalLength], isNumber);

    [Theory, MemberData(nameof(Published))]
    public void Read_EverySpellingOfAPerson_IsOneForm(string canonical, string[] spellings)
    {
        Assert.All(spellings.Append(canonical), text => Assert.Equal(canonical, Read(text)));
    }

    [Theory]
    [InlineData("T")]
    [InlineData("R")]
    [InlineData("S")]
    [InlineData("U")]
    [InlineData("W")]
    [InlineData("X")]
    [InlineData("J")]
    [InlineData("K")]
    [InlineData("L")]
    [InlineData("M")]
    [InlineData("N")]
    [InlineData("P")]
    public void Read_InterimLetters_CountAsOne(string letter) => Assert.Equal($"20000101{letter}220", Read($"000101-{letter}220"));

    // personnummer/meta's invalid ones.
    [Theory]
    [InlineData("201509160006")]
    [InlineData("198707049996")]
    [InlineData("201211209941")]
    [InlineData("8707049996")]
    [InlineData("870704-9996")]
    [InlineData("121120-9941")]
    [InlineData("193901829913")]
    [InlineData("201210759984")]
    [InlineData("390182-9913")]
    public void Read_PublishedInvalidNumbers_AreNot(string text) => Assert.Null(Read(text, new DateOnly(2020, 12, 31)));

    [Theory]
    [InlineData(" 19640823-3234 ")]
    [InlineData("19 640823 3234")]
    [InlineData("1964-08-23-3234")]
    [InlineData("64 08 23 3234")]
    [InlineData("\uFEFF640823\u20133234")]
    [InlineData("640823\u00A0-\u00A03234")]
    [InlineData("640823\u22123234\u200B")]
    [InlineData("=\"640823-3234\"")]
    [InlineData("'6408233234")]
    [InlineData("196408233234,00")]
    [InlineData("196408233234.0")]
    public void Read_WhatSpreadsheetsAndPeopleWrite_IsRead(string text) => Assert.Equal("196408233234", Read(text));

    [Theory]
    [InlineData("", PersonNumberFault.Missing)]
    [InlineData(" \u00A0", PersonNumberFault.Missing)]
    [InlineData("okänd", PersonNumberFault.Characters)]
    [InlineData("640823-323A", PersonNumberFault.Characters)]
    [InlineData("T40823-3234", PersonNumberFault.Characters)]
    [InlineData("6408-233234", PersonNumberFault.None)] // a separator after the month is one of the places
    [InlineData("640-823-3234", PersonNumberFault.Characters)]
    [InlineData("64082332-34", PersonNumberFault.Characters)]
    [InlineData("64+08233234", PersonNumberFault.Characters)]
    [InlineData("640823++3234", PersonNumberFault.Characters)]
    [InlineData("-6408233234", PersonNumberFault.Characters)]
    [InlineData("\uFF16\uFF14\uFF10\uFF18\uFF12\uFF13\uFF13\uFF12\uFF13\uFF14", PersonNumberFault.Characters)]
    [InlineData("\u0666\u0664\u0660\u0668\u0662\u0663\u0663\u0662\u0663\u0664", PersonNumberFault.Characters)]
    [InlineData("64082332341", PersonNumberFault.Length)]
    [InlineData("1964082332345", PersonNumberFault.Length)]
    [InlineData("123", PersonNumberFault.Length)]
    [InlineData("1,96408E+11", PersonNumberFault.Rounded)]
    [InlineData("1.96E+11", PersonNumberFault.Rounded)]
    [InlineData("2E+11", PersonNumberFault.Rounded)]
    [InlineData("640832-3238", PersonNumberFault.Date)]
    [InlineData("641323-3232", PersonNumberFault.Date)]
    [InlineData("640892-3223", PersonNumberFault.Date)]
    [InlineData("640860-3222", PersonNumberFault.Date)] // 60 is neither a day nor a day plus 60
    [InlineData("19000229-1232", PersonNumberFault.Date)]
    [InlineData("640823-0008", PersonNumberFault.Serial)]
    [InlineData("640823-3235", PersonNumberFault.ControlDigit)]
    [InlineData("000101-A220", PersonNumberFault.Characters)]
    [InlineData("176408233234", PersonNumberFault.Century)]
    [InlineData("20640823-3234", PersonNumberFault.Century)]
    [InlineData("18640823-3234", PersonNumberFault.Century)]
    public void Read_AnythingElse_SaysTheKindOfFault(string text, PersonNumberFault fault) => Assert.Equal(fault, FaultOf(text));

    [Fact]
    public void Read_LostZeros_AreGivenBackToNumbersAndToldOfInTexts()
    {
        // 000101-2384, a number of the year 2000, loses three zeros.
        Assert.Equal("200001012384", Read("000101-2384"));
        Assert.Equal("200001012384", Read("1012384", isNumber: true));
        Assert.Equal(PersonNumberFault.LostZeros, FaultOf("1012384"));
        Assert.Equal(PersonNumberFault.Length, FaultOf("1012385", isNumber: true));
        Assert.Equal(PersonNumberFault.Length, FaultOf("12384", isNumber: true));
    }

    [Theory]
    [InlineData("640823-3234", "2024-12-31", "1964")]
    [InlineData("640823-3234", "2064-08-23", "2064")] // born on the very day
    [InlineData("640823-3234", "2064-08-22", "1964")]
    [InlineData("640823+3234", "2024-12-31", "1864")] // 160 years old: refused below
    [InlineData("640823+3234", "2064-03-31", "1964")] // turns 100 that year
    [InlineData("640823+3234", "2064-12-31", "1964")]
    [InlineData("640823+3234", "2063-12-31", "1964")] // the year after the period, when the file was exported
    [InlineData("640823+3234", "2059-12-31", "1964")]
    [InlineData("640823+3234", "2058-12-31", "1864")]
    [InlineData("640823-3234", "1999-12-31", "1964")]
    public void Read_TenDigits_TheReferenceDateDecidesTheCentury(string text, string reference, string year)
    {
        var found = Read(text, DateOnly.ParseExact(reference, "yyyy-MM-dd", CultureInfo.InvariantCulture));

        if (year == "1864") Assert.Null(found);
        else Assert.Equal(year, found![..4]);
    }

    [Fact]
    public void Read_LeapDayWithoutCentury_HangsOnTheYearThatIsMeant()
    {
        var text = Enumerable.Range(0, 10).Select(c => $"000229-123{c}").Single(t => Read(t, new DateOnly(2010, 1, 1)) is not null);

        Assert.Equal("2000", Read(text, new DateOnly(2000, 2, 29))![..4]);
        Assert.Null(Read(text, new DateOnly(2000, 2, 28)));
    }

    [Fact]
    public void Read_RandomPersons_TheirShortAndLongFormsAgree()
    {
        var random = new Random(20);
        var reference = new DateOnly(2024, 6, 30);
        for (var i = 0; i < 20_000; i++)
        {
            var born = reference.AddDays(-random.Next(0, 36_800));
            var coordination = random.Next(5) == 0 ? 60 : 0;
            var nine = string.Create(CultureInfo.InvariantCulture, $"{born:yyMM}{born.Day + coordination:00}{random.Next(1, 1000):000}");
            var control = Enumerable.Range(0, 10).Single(c => IdentityNumbers.HasControlDigit(Encoding.ASCII.GetBytes($"{nine}{c}")));
            var isOld = reference.Year - born.Year >= 100;
            var canonical = $"{born.Year / 100}{nine}{control}";

            Assert.Equal(canonical, Read(canonical, reference));
            Assert.Equal(canonical, Read($"{nine[..6]}{(isOld ? '+' : '-')}{nine[6..]}{control}", reference));
            if (!isOld) Assert.Equal(canonical, Read($"{nine}{control}", reference));
        }
    }

    [Fact]
    public void Read_UnderOtherCultures_IsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in OddCulture.All)
            {
                CultureInfo.CurrentCulture = culture;
                Assert.Equal("196408233234", Read("640823-3234"));
                Assert.Equal("190905271474", Read("090527+1474"));
                Assert.Equal("20000101T220", Read("000101-t220"));
                Assert.Equal(PersonNumberFault.Date, FaultOf("640832-3238"));
                Assert.Equal(PersonNumberFault.Characters, FaultOf("\u0666\u0664\u0660\u0668\u0662\u0663\u0663\u0662\u0663\u0664"));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
