using SiOutcomeLab.Statistics.Looks;

namespace SiOutcomeLab.Statistics.Tests.Looks;

public sealed class AlphaLedgerTests
{
    private static readonly AlphaLedgerEntry[] Entries = [new(1, 1, 0.002), new(1, 2, 0.008), new(2, 1, 0.005)];

    [Fact]
    public void Ledger_ThreeEntries_AddsUpByVersion()
    {
        Assert.Equal(0.015, AlphaLedger.Spent(Entries), 1e-15);
        Assert.Equal(0.035, AlphaLedger.Remaining(0.05, Entries), 1e-15);
        Assert.Equal(0.05, AlphaLedger.Budget(0.05, Entries, 1), 1e-15);
        Assert.Equal(0.04, AlphaLedger.Budget(0.05, Entries, 2), 1e-15);
        Assert.Equal(0.035, AlphaLedger.Budget(0.05, Entries, 3), 1e-15);
        // Half of the information under α·t: 0.04 · 0.5 less the 0.005 already spent.
        Assert.Equal(0.015, AlphaLedger.Allowance(0.05, Entries, 2, AlphaSpending.Power(1), 0.5), 1e-15);
        Assert.Equal(0.035, AlphaLedger.Allowance(0.05, Entries, 3, AlphaSpending.OBrienFlemingType, 1), 1e-15);
        Assert.Equal(0, AlphaLedger.Allowance(0.05, Entries, 2, AlphaSpending.Power(1), 0.1));
        Assert.Equal(0, AlphaLedger.Allowance(0.05, [new(1, 1, 0.05)], 2, AlphaSpending.PocockType, 1));
    }

    [Fact]
    public void Allowance_LookByLook_IsThePlansOwnSpending()
    {
        double[] fractions = [0.2, 0.5, 1];
        var design = GroupSequentialDesign.LanDeMets(fractions, AlphaSpending.PocockType);
        List<AlphaLedgerEntry> entries = [];
        for (var look = 1; look <= 3; look++)
        {
            var allowed = AlphaLedger.Allowance(0.05, entries, 1, AlphaSpending.PocockType, fractions[look - 1]);
            Assert.Equal(design.Spent[look - 1], AlphaLedger.Spent(entries) + allowed, 1e-14);
            entries.Add(new AlphaLedgerEntry(1, look, allowed));
        }

        Assert.Equal(0, AlphaLedger.Remaining(0.05, entries), 1e-14);
    }

    [Fact]
    public void Budget_PlanChangedBecauseOfTheData_ErrorStaysWithinAlpha()
    {
        // A plan that was not significant at its first look is dropped for a new one on fresh data, with what is left.
        var random = new Random(5);
        var first = GroupSequentialDesign.LanDeMets([0.5], AlphaSpending.PocockType);
        var left = AlphaLedger.Budget(0.05, [new AlphaLedgerEntry(1, 1, first.Spent[0])], 2);
        var second = GroupSequentialDesign.LanDeMets([1], AlphaSpending.PocockType, left);
        const int trials = 40_000;
        var errors = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            if (Math.Abs(Simulated.Normal(random)) >= first.Bounds[0] || Math.Abs(Simulated.Normal(random)) >= second.Bounds[0]) errors++;
        }

        Assert.InRange(errors / (double)trials, 0.044, 0.053);
    }

    [Fact]
    public void Ledger_ImpossibleEntries_Throws()
    {
        Assert.Throws<ArgumentException>(() => AlphaLedger.Spent([new(1, 1, 0.01), new(1, 1, 0.01)]));
        Assert.Throws<ArgumentException>(() => AlphaLedger.Spent([new(0, 1, 0.01)]));
        Assert.Throws<ArgumentException>(() => AlphaLedger.Spent([new(1, 1, -0.01)]));
        Assert.Throws<ArgumentException>(() => AlphaLedger.Remaining(0.05, [new(1, 1, 0.06)]));
        Assert.Throws<ArgumentException>(() => AlphaLedger.Allowance(0.05, Entries, 1, AlphaSpending.PocockType, 1));
    }
}
