using System.Globalization;
using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.MadeCountry;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract.Tests.Datasets;

public sealed class MadeCountryDatasetTests
{
    private static readonly string Folder = Path.Combine(RepositoryFolder.Datasets, "made-country");

    public static TheoryData<string> Municipalities => [.. MadeMunicipality.Sizes.Select(s => s.Code)];

    [Fact]
    public async Task Write_Again_GivesTheCommittedBytes()
    {
        var target = Directory.CreateTempSubdirectory("silab-made-");
        try
        {
            MadeCountryDataset.Write(target.FullName);

            var written = target.GetFiles("*", SearchOption.AllDirectories);
            Assert.Equal((12 * 5) + 1, written.Length);
            foreach (var file in written)
            {
                var relative = Path.GetRelativePath(target.FullName, file.FullName);
                var committed = await File.ReadAllBytesAsync(Path.Combine(Folder, relative), TestContext.Current.CancellationToken);
                var anew = await File.ReadAllBytesAsync(file.FullName, TestContext.Current.CancellationToken);
                Assert.True(
                    committed.AsSpan().SequenceEqual(anew),
                    $"{relative} differs from the committed file; run silab-datasets made-country.");
            }
        }
        finally
        {
            target.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Municipalities))]
    public async Task Check_CommittedMunicipality_IsTakenWithAtMostOneWarning(string code)
    {
        var folder = Path.Combine(Folder, code);

        var result = await ShippedSubmission.CheckAsync(folder);

        // The measures are drawn with long tails: one value far out in one of twelve is what the soft rule's own rate allows.
        Assert.True(result.Accepted);
        Assert.True(result.Findings.Count <= 1, string.Join(", ", result.Findings.Select(f => f.Rule)));
        Assert.Equal(DataPolicy.Standard, ShippedSubmission.Manifest(folder).Policy);
        Assert.Equal(3 * MadeMunicipality.Sizes.Single(s => s.Code == code).GroupSize, result.Persons);
    }

    [Fact]
    public void Folder_IsSmallEnoughToShip()
    {
        var bytes = new DirectoryInfo(Folder).GetFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

        Assert.InRange(bytes, 100_000, 5_000_000);
    }

    [Fact]
    public void Plans_AreOnePerMunicipalityAndMethod_AndNameOnlyKnownVariables()
    {
        var plans = MadeMunicipality.Sizes.SelectMany(s => ShippedSubmission.Plans(Path.Combine(Folder, s.Code))).ToList();

        Assert.Equal(36, plans.Select(p => p.Id).Distinct().Count());
        foreach (var plan in plans)
        {
            Assert.True(MeasureCatalogue.Current.TryFind(plan.Primary.Measure.Code, out _));
            Assert.All(plan.Covariates, term => Assert.True(
                CovariateCatalogue.Current.TryFind(term.Variable, out var covariate)
                    ? covariate.Kind != ValueKind.Category || covariate.Categories.Contains(term.Baseline)
                    : MeasureCatalogue.Current.TryFind(term.Variable, out _)));
        }
    }

    [Fact]
    public void SmallestMunicipality_HasSixToNineParticipantsPerMethod_AllOthersAtLeastThirty()
    {
        foreach (var (code, size) in MadeMunicipality.Sizes)
        {
            foreach (var (_, persons) in MadeMunicipality.Make(code, size).Groups)
            {
                var participants = persons.Count(p => p.TakesPart);
                if (code == "9911") Assert.InRange(participants, 6, 9);
                else Assert.InRange(participants, 30, size - 30);
            }
        }
    }

    [Fact]
    public void Truth_EqualsTheMeanOfTheTwoWorlds()
    {
        var (code, size) = MadeMunicipality.Sizes[^1];
        var (_, persons) = MadeMunicipality.Make(code, size).Groups[0];
        var treated = persons.Where(p => p.TakesPart).ToArray();
        var mean = treated.Average(p => Enumerable.Range(1, 4).Sum(t =>
            p.With["employment_months"][MadeCalendar.At(t)] - p.Without["employment_months"][MadeCalendar.At(t)]));

        var start = $"{code},ips,employment_months,4,SumToHorizon,";
        var line = File.ReadAllLines(Path.Combine(Folder, "truth.csv")).Single(l => l.StartsWith(start, StringComparison.Ordinal));

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{start}{treated.Length},{mean:0.000000}"), line);
    }

    [Fact]
    public void Participants_BeforeTheStart_AreWorseOffThanTheOthers()
    {
        foreach (var (code, size) in MadeMunicipality.Sizes.Skip(6))
        {
            var (_, persons) = MadeMunicipality.Make(code, size).Groups[1];

            var gap = Mean(persons.Where(p => p.TakesPart)) - Mean(persons.Where(p => !p.TakesPart));

            Assert.True(gap > 1, $"{code}: participants' absence before the start is only {gap} above the others'.");
        }

        static double Mean(IEnumerable<MadePerson> persons) =>
            persons.Average(p => p.Without["school_absence_percent"][MadeCalendar.At(-1)]);
    }

    [Fact]
    public void Worlds_BeforeTheIndexQuarter_AreTheSame()
    {
        var (code, size) = MadeMunicipality.Sizes[1];

        Assert.All(MadeMunicipality.Make(code, size).Groups.SelectMany(g => g.Persons), person =>
        {
            foreach (var (measure, without) in person.Without)
            {
                Assert.Equal(without[..MadeCalendar.Before], person.With[measure][..MadeCalendar.Before]);
            }
        });
    }

    [Fact]
    public void SteadyRandom_MatchesTheReferencesOfItsParts()
    {
        // SplitMix64 with seed 1234567: first output 6457827717110365317 (Rosetta Code, "Pseudo-random numbers/Splitmix64").
        Assert.Equal((6457827717110365317UL >> 11) * (1.0 / (1UL << 53)), new SteadyRandom(1234567).Uniform());
        for (var x = -30.0; x <= 30; x += 0.37) Assert.Equal(1, SteadyRandom.Exp(x) / Math.Exp(x), 1e-8);

        var random = new SteadyRandom(1);
        var normals = Enumerable.Range(0, 50_000).Select(_ => random.Normal()).ToArray();
        Assert.InRange(normals.Average(), -0.02, 0.02);
        Assert.InRange(normals.Average(n => n * n), 0.97, 1.03);
    }
}
