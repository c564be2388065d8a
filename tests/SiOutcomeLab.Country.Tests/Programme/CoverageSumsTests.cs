using SiOutcomeLab.Programme.Coverage;

namespace SiOutcomeLab.Country.Tests.Programme;

/// <summary>Sums of the coverage study, beside numbers worked out by hand.</summary>
public sealed class CoverageSumsTests
{
    [Fact]
    public void Share_CountriesThatDiffer_HasTheClusteredError()
    {
        var share = ClusteredShare.Of([(8, 8), (4, 8), (8, 8), (4, 8)])!;

        // Residuals ±2: variance 4/3 · 16 / 32², so 24 answers' worth less: 0.75 · 0.25 / 0.020833 = 9 in place of 32.
        Assert.Equal((0.75, 4), (share.Share, share.Countries));
        Assert.Equal(Math.Sqrt(16 * 4 / 3.0) / 32, share.StandardError, 12);
        Assert.Equal(0.34254, share.Low, 1e-5);
        Assert.Equal(0.94528, share.High, 1e-5);
        Assert.True(share.OneSidedLow > share.Low);
    }

    [Fact]
    public void Share_CountriesThatAgree_CountsNoMoreAnswersThanThereAre()
    {
        var share = ClusteredShare.Of([(3, 4), (3, 4), (0, 0)])!;

        Assert.Equal((8, 2, 0.0), (share.Answers, share.Countries, share.StandardError));
        Assert.Equal(0.32385, share.Low, 1e-5);
        Assert.True(share.Meets(0.2, 0.35));
        Assert.False(share.Meets(0.1, 0.2));
        Assert.Null(ClusteredShare.Of([(3, 4), (0, 0)]));
    }

    [Fact]
    public void Ratio_SumsErrorsBeforeDividing()
    {
        var ratio = ErrorRatio.Of([(1, 2), (3, 10), (0, 0)], seed: 1)!;

        Assert.Equal((4 / 12.0, 2), (ratio.Ratio, ratio.Countries));
        Assert.Equal((0.3, 0.5), (ratio.Low, ratio.High));
    }

    [Fact]
    public void Prediction_OfACountry_IsHeldAgainstOthersOnly()
    {
        CountryRow[] rows = [Row(0, 1, 2), Row(1, 5, 6), Row(2, 2, 9)];
        var truths = new PooledTruths(rows);

        Assert.Equal(25 / 6.0, truths.MeanOf("ips"), 12);
        // 0–5.5 holds two of 5, 6, 2, 9.
        Assert.Equal(0.5, truths.ShareWithin(rows[0]));
    }

    [Fact]
    public void Finished_ALineCutShort_IsMadeAgainAndAnotherSeedStays()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "finished.jsonl");
        var study = new FinishedCountries(path, 7);
        study.Add(Row(0, 1, 2));
        study.Add(Row(1, 1, double.NaN) with { Seed = 8 });
        File.AppendAllText(path, File.ReadLines(path).First()[..40]);

        var again = new FinishedCountries(path, 7);

        Assert.True(again.Has("own-pool", 0));
        Assert.False(again.Has("own-pool", 1));
        Assert.Single(again.Rows);
        Assert.Equal(2, File.ReadLines(path).Count());
        Assert.True(new FinishedCountries(path, 8).Has("own-pool", 1));
    }

    private static CountryRow Row(int number, params double[] truths) => new(
        "own-pool", number, 7, "test", "ips", 1,
        [
            .. truths.Select((t, i) => new PlaceRow(
                $"{i:0000}", 1, [new LookRow(1, 0.95, 40, t, t, new IntervalRow(t, 1, t - 1, t + 1), 0.5, null)], new IntervalRow(t, 1, t - 1, t + 1), null)),
        ],
        new PooledRow(new IntervalRow(2, 1, 0, 4), 0.1, 1, 0, 5.5, 0, truths.Length));
}
