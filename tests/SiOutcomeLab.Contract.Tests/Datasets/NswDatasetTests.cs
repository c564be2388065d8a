using System.Text.Json;
using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Nsw;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract.Tests.Datasets;

public sealed class NswDatasetTests
{
    private static readonly string Folder = Path.Combine(RepositoryFolder.Datasets, "nsw");

    [Fact]
    public async Task Write_Again_GivesTheCommittedBytes()
    {
        var target = Directory.CreateTempSubdirectory("silab-nsw-");
        try
        {
            NswDataset.Write(Folder, target.FullName);

            var written = target.GetFiles();
            Assert.Equal(5, written.Length);
            foreach (var file in written)
            {
                var committed = await File.ReadAllBytesAsync(Path.Combine(Folder, file.Name), TestContext.Current.CancellationToken);
                var anew = await File.ReadAllBytesAsync(file.FullName, TestContext.Current.CancellationToken);
                Assert.True(
                    committed.AsSpan().SequenceEqual(anew), $"{file.Name} differs from the committed file; run silab-datasets nsw.");
            }
        }
        finally
        {
            target.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Check_CommittedDataset_HasNoFinding()
    {
        var result = await ShippedSubmission.CheckAsync(Folder);

        Assert.Empty(result.Findings);
        Assert.Equal(1842, result.ObservationRows);
        Assert.Equal(185, result.ParticipationRows);
        Assert.Equal(614, result.Persons);
    }

    [Fact]
    public void Manifest_IsOpenTeachingData()
    {
        var manifest = ShippedSubmission.Manifest(Folder);

        Assert.Equal(DataPolicy.OpenData, manifest.Policy);
        Assert.Equal(["1974", "1975", "1978"], manifest.Periods.Select(p => p.ToString()));
    }

    [Fact]
    public void Plans_NameOnlyWhatTheCatalogueAndTheInterventionsHave()
    {
        var plans = ShippedSubmission.Plans(Folder);

        Assert.Equal(["nsw-entropy-balancing", "nsw-nearest-neighbour"], plans.Select(p => p.Id));
        Assert.All(plans, plan =>
        {
            Assert.True(MeasureCatalogue.Current.TryFind(plan.Primary.Measure.Code, out _));
            Assert.Equal(NswDataset.Training, plan.Intervention);
            Assert.All(plan.Covariates, c => Assert.True(
                CovariateCatalogue.Current.TryFind(c.Variable, out _) || MeasureCatalogue.Current.TryFind(c.Variable, out _)));
        });
    }

    [Fact]
    public void Plans_ReadAndWrittenAgain_AreTheSameBytes()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "plans.json"));
        var plans = ShippedSubmission.Plans(Folder);

        Assert.Equal(lines[1].TrimEnd(','), System.Text.Encoding.UTF8.GetString(PlanHash.CanonicalJson(plans[0])));
    }

    [Fact]
    public void Reference_AgreesWithTheCsv()
    {
        using var reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "reference.json")));
        var persons = NswPerson.ReadAll(Path.Combine(Folder, "nsw.csv"));

        Assert.Equal(reference.RootElement.GetProperty("participants").GetInt32(), persons.Count(p => p.Treated));
        Assert.Equal(reference.RootElement.GetProperty("comparison").GetInt32(), persons.Count(p => !p.Treated));
        Assert.Equal(4, reference.RootElement.GetProperty("effects").GetArrayLength());
    }
}
