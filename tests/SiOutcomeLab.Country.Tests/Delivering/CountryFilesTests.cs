using System.Text.Json;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Small;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Country.Tests.Delivering;

public sealed class CountryFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("silab-country-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Write_WholeCountry_EveryDeliveryPassesTheContract()
    {
        var country = NationalCountry.At(0.004);
        var totals = CountryFiles.Write(country, _folder, Wave.Through(7), null, 2, TestContext.Current.CancellationToken);
        Assert.Equal(290, totals.Municipalities);
        var manifests = Directory.GetFiles(_folder, "manifest.json", SearchOption.AllDirectories);
        Assert.True(manifests.Length > 1400);
        var rows = 0L;
        var organisations = new HashSet<string>();
        foreach (var path in manifests)
        {
            var (organisation, result) = await CheckAsync(Path.GetDirectoryName(path)!);
            organisations.Add(organisation);
            Assert.All(result.Findings, f => Assert.NotEqual(Severity.Error, f.Severity));
            rows += result.ObservationRows;
        }

        Assert.Equal(totals.Rows, rows);
        Assert.Contains("skatteverket", organisations);
        Assert.Contains("polismyndigheten", organisations);
        Assert.Equal(21, organisations.Count(o => o.Contains("region", StringComparison.Ordinal)));
    }

    [Fact]
    public void Write_OneMunicipalityAlone_GivesTheSameBytes()
    {
        var (all, alone) = (Path.Combine(_folder, "all"), Path.Combine(_folder, "alone"));
        CountryFiles.Write(NationalCountry.At(0.004), all, Wave.Through(5), null, 2, TestContext.Current.CancellationToken);
        CountryFiles.Write(
            NationalCountry.At(0.004), alone, Wave.Through(5), new HashSet<string> { "1480" }, 1, TestContext.Current.CancellationToken);
        var files = Directory.GetFiles(Path.Combine(alone, "1480"), "*", SearchOption.AllDirectories);
        Assert.True(files.Length >= 6);
        Assert.All(files, f => Assert.Equal(File.ReadAllBytes(f), File.ReadAllBytes(Path.Combine(all, Path.GetRelativePath(alone, f)))));
        Assert.Single(File.ReadAllLines(Path.Combine(alone, "country.csv")).Skip(1));
        Assert.False(Directory.Exists(Path.Combine(alone, "skatteverket")));
    }

    [Fact]
    public void Write_LaterThrough_LeavesEarlierDeliveriesAsTheyWere()
    {
        var (early, late) = (Path.Combine(_folder, "early"), Path.Combine(_folder, "late"));
        CountryFiles.Write(NationalCountry.At(0.002), early, Wave.Through(8), null, 2, TestContext.Current.CancellationToken);
        CountryFiles.Write(NationalCountry.At(0.002), late, Wave.Through(12), null, 1, TestContext.Current.CancellationToken);
        var files = Directory.GetFiles(early, "*", SearchOption.AllDirectories);
        Assert.All(files, f => Assert.Equal(File.ReadAllBytes(f), File.ReadAllBytes(Path.Combine(late, Path.GetRelativePath(early, f)))));
        Assert.True(Directory.Exists(Path.Combine(late, "0180", "2023-Q1")));
        Assert.False(Directory.Exists(Path.Combine(early, "0180", "2022-Q2")));
    }

    [Fact]
    public void DeliveryBytes_OfAllMunicipalities_AreTheFilesBytes()
    {
        var small = SmallCountry.Make(new SmallCountryOptions { Municipalities = 3, Rules = new CountryRules() });
        CountryFiles.Write(small.Country, _folder, [new Wave(2, 5)], null, 1, TestContext.Current.CancellationToken);
        var made = DeliveryBytes.Of(small.Country, small.Municipalities, new Wave(2, 5));
        Assert.Equal(Directory.GetFiles(_folder, "manifest.json", SearchOption.AllDirectories).Length, made.Count);
        Assert.Contains(made, d => d.Participations is not null);
        Assert.All(made, d =>
        {
            var folder = Path.Combine(_folder, d.Manifest.Organisation.Code, new Wave(2, 5).Name);
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "manifest.json")), d.Manifest.ToJson(indented: true));
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "observations.parquet")), d.Observations);
        });
    }

    [Fact]
    public void Write_Plans_ReadBackAndName_WhatIsThere()
    {
        CountryFiles.Write(NationalCountry.At(0.05), _folder, Wave.Through(4), new HashSet<string> { "0180" }, 1, TestContext.Current.CancellationToken);
        using var plans = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "0180", "plans.json")));
        var interventions = Interventions(Path.Combine(_folder, "0180"));
        Assert.NotEmpty(interventions);
        Assert.Equal(interventions.Count, plans.RootElement.GetArrayLength());
        foreach (var element in plans.RootElement.EnumerateArray())
        {
            var plan = element.Deserialize<EvaluationPlan>(DomainJson.Options)!;
            Assert.Contains(plan.Intervention, interventions);
            Assert.True(MeasureCatalogue.Current.TryFind(plan.Primary.Measure.Code, out _));
            Assert.True(plan.LookDueOn > plan.LastIndex.Plus(plan.Primary.HorizonPeriods).Start);
        }
    }

    private static async Task<(string Organisation, CheckResult Result)> CheckAsync(string folder)
    {
        var reading = SubmissionManifest.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        Assert.Empty(reading.Findings);
        await using var observations = File.OpenRead(Path.Combine(folder, "observations.parquet"));
        var second = Path.Combine(folder, "participations.parquet");
        await using var participations = File.Exists(second) ? File.OpenRead(second) : null;
        var context = new CheckContext(reading.Manifest!.Organisation, Interventions(Path.GetDirectoryName(folder)!))
        {
            PseudonymKey = MadeCountry.KeyId,
        };
        var result = await SubmissionChecker.CheckAsync(
            reading.Manifest, observations, participations, context, TestContext.Current.CancellationToken);
        return (reading.Manifest.Organisation.Code, result);
    }

    private static HashSet<InterventionCode> Interventions(string folder)
    {
        var path = Path.Combine(folder, "interventions.json");
        if (!File.Exists(path)) return [];
        var read = JsonSerializer.Deserialize<Intervention[]>(File.ReadAllBytes(path), DomainJson.Options)!;
        return [.. read.Select(i => i.Code)];
    }
}
