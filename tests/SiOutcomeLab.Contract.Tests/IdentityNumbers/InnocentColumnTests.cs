using System.Globalization;
using System.Text;

namespace SiOutcomeLab.Contract.Tests.IdentityNumberTests;

/// <summary>
/// How often a column of innocent ids is refused by the rule of identity numbers, by simulation with a fixed seed. The limits are the
/// expected shares with room for four standard errors, so that a change of rule shows and a change of seed does not.
/// </summary>
public sealed class InnocentColumnTests
{
    private const int Columns = 4_000;

    // Uniform ten-digit ids: valid with 0.0073, and the binomial test promises at most 1e-6 a column: none in 4 000.
    [Theory]
    [InlineData(3)]
    [InlineData(50)]
    [InlineData(1_000)]
    public void Tally_UniformTenDigitIds_AreNotRefused(int ids) =>
        Assert.Equal(0, Refused(Columns, ids, random => $"{random.NextInt64(10_000_000_000):0000000000}"));

    // Case numbers that begin with a real date (YYMMDD) and a running number: a tenth has the control digit by chance, and that many
    // cannot be told from identity numbers. Of ten ids four valid ones are refused (by chance three are 5e-5, four 6e-7), and
    // P(at least 4 of 10 | 0.1) = 1.28 %, standard error 0.18 %. Two such ids pass, two thousand never do.
    [Fact]
    public void Tally_IdsThatBeginWithADate_AreRefusedAsOftenAsTheirControlDigitsAgree()
    {
        var share = (double)Refused(Columns, 10, DatedId) / Columns;

        Assert.InRange(share, 0.0056, 0.0200);
        Assert.Equal(0, Refused(Columns, 2, DatedId));
        Assert.Equal(200, Refused(200, 2_000, DatedId));
    }

    // Twelve digits are refused one by one: 3 of 100 centuries times 0.73 % = 0.022 % an id. A column of 1 000 uniform twelve-digit
    // ids is thus refused with 1 − (1 − 0.00022)^1000 = 20 %: twelve-digit ids cannot be told from numbers, which is why the contract
    // has no column for them.
    [Fact]
    public void Find_ColumnsOfAThousandUniformTwelveDigitIds_OneInFiveIsRefused()
    {
        var random = new Random(12);
        var refused = 0;
        for (var column = 0; column < 1_000; column++)
        {
            var hit = false;
            for (var i = 0; i < 1_000 && !hit; i++) hit = Find($"{random.NextInt64(1_000_000_000_000):000000000000}");
            if (hit) refused++;
        }

        Assert.InRange(refused / 1_000.0, 0.145, 0.250);
    }

    // A separator before the last four makes one number enough: of ids like 123456-7890 a share of 0.73 % is refused.
    [Fact]
    public void Find_UniformSixDashFour_IsRefusedSevenTimesInAThousand()
    {
        var random = new Random(6);
        var hits = Enumerable.Range(0, 100_000).Count(_ => Find($"{random.Next(1_000_000):000000}-{random.Next(10_000):0000}"));

        Assert.InRange(hits / 100_000.0, 0.0062, 0.0084);
    }

    // What people do have as ids: organisation numbers (third digit 2 or more), phone numbers, timestamps, short running numbers.
    [Theory]
    [InlineData("organisation")]
    [InlineData("phone")]
    [InlineData("instant")]
    [InlineData("running")]
    public void Find_OrdinaryIds_AreNeverRefused(string kind)
    {
        var random = new Random(7);
        for (var column = 0; column < 200; column++)
        {
            var tally = new BareNumberTally();
            for (var i = 0; i < 200; i++) Assert.False(IdentityNumberScanner.Find(Encoding.ASCII.GetBytes(Ordinary(kind, random, i)), tally));
            Assert.False(tally.Refuses);
        }
    }

    private static string Ordinary(string kind, Random random, int i) => kind switch
    {
        "organisation" => $"{random.Next(10):0}{random.Next(10):0}{random.Next(2, 10)}{random.Next(1000):000}-{random.Next(10_000):0000}",
        "phone" => $"07{random.Next(10)}-{random.Next(1000):000} {random.Next(100):00} {random.Next(100):00}",
        "instant" => new DateTime(2024, 1, 1).AddSeconds(random.Next(30_000_000)).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        _ => $"{10_000 + i}",
    };

    private static string DatedId(Random random) =>
        new DateTime(2020, 1, 1).AddDays(random.Next(1_800)).ToString("yyMMdd", CultureInfo.InvariantCulture) + $"{random.Next(1, 10_000):0000}";

    private static int Refused(int columns, int ids, Func<Random, string> draw)
    {
        var random = new Random(ids);
        var refused = 0;
        for (var column = 0; column < columns; column++)
        {
            var tally = new BareNumberTally();
            for (var i = 0; i < ids; i++) tally.Add(Encoding.ASCII.GetBytes(draw(random)));
            if (tally.Refuses) refused++;
        }

        return refused;
    }

    private static bool Find(string text) => IdentityNumberScanner.Find(Encoding.ASCII.GetBytes(text), new BareNumberTally());
}
