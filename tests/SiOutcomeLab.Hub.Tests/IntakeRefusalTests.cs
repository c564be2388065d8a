using System.Text;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>What must not come in: refused with a finding that names it, and nothing stored.</summary>
public sealed class IntakeRefusalTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Metadata _headers = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        _headers = await _hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task SmallDelivery_Unbroken_IsAcceptedOnceHoweverOftenItIsSent()
    {
        var observations = new SmallDelivery().Observations();
        var manifest = SmallDelivery.ManifestFor(observations);

        var first = await _hub.PushAsync(_headers, manifest, observations, null, chunk: 1);
        var second = await _hub.PushAsync(_headers, manifest, observations, null, chunk: 977);

        Assert.NotNull(first.Accepted);
        Assert.False(first.WasThere);
        Assert.True(second.WasThere);
        Assert.Equal(first.Accepted, second.Accepted);
        Assert.Single((await _hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest(), _headers)).Submissions);
    }

    [Fact]
    public async Task TruncatedFile_IsRefused()
    {
        var whole = new SmallDelivery().Observations();
        await RefusedAsync(whole[..^17], "FILE_");
    }

    [Fact]
    public async Task TextFileNamedParquet_IsRefusedAtItsFirstBytes()
    {
        var text = Encoding.UTF8.GetBytes("person_id;municipality_code;period_start\n");

        var e = await Assert.ThrowsAsync<RpcException>(() => _hub.PushAsync(_headers, SmallDelivery.ManifestFor(text), text, null));

        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
        Assert.Equal("NOT_PARQUET", e.Reason());
    }

    [Fact]
    public async Task UnknownMunicipalityCode_IsRefused() => await RefusedAsync(new SmallDelivery { Municipality = "9999" }.Observations(), "MUNICIPALITY_", "municipality_code");

    [Fact]
    public async Task AnotherMunicipalitysCode_IsRefused() => await RefusedAsync(new SmallDelivery { Municipality = "0180" }.Observations(), "MUNICIPALITY_", "municipality_code");

    [Fact]
    public async Task MissingColumn_IsRefused() => await RefusedAsync(new SmallDelivery { WithMunicipality = false }.Observations(), "SCHEMA_MISSING_COLUMN", "municipality_code");

    [Fact]
    public async Task UnknownColumn_IsRefused() => await RefusedAsync(new SmallDelivery { MeasureColumn = "shoe_size" }.Observations(), "SCHEMA_UNKNOWN_COLUMN", "shoe_size");

    [Fact]
    public async Task DuplicatePersonAndPeriod_IsRefusedWithItsRow()
    {
        var delivery = new SmallDelivery();
        delivery.Persons[19] = delivery.Persons[3];

        var finding = await RefusedAsync(delivery.Observations(), "OBSERVATION_DUPLICATE");

        Assert.Equal([20L], finding.SampleRows);
    }

    [Fact]
    public async Task PersonnummerInPersonId_IsRefusedWithoutBeingRepeated()
    {
        const string number = "196408233234";
        var delivery = new SmallDelivery();
        delivery.Persons[7] = number;

        var finding = await RefusedAsync(delivery.Observations(), "IDENTITY_NUMBER", "person_id");

        Assert.DoesNotContain(number, finding.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_hub.Log.Lines, l => l.Contains(number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ManifestOfOtherBytes_IsRefused()
    {
        var observations = new SmallDelivery().Observations();
        var manifest = SmallDelivery.ManifestFor(observations);
        observations[100] ^= 1;

        var reply = await _hub.PushAsync(_headers, manifest, observations, null);

        Assert.Contains(reply.Refused!.Findings, f => f.Rule.Contains("HASH", StringComparison.Ordinal) || f.Rule.Contains("MISMATCH", StringComparison.Ordinal));
        await NothingStoredAsync();
    }

    [Fact]
    public async Task SecondDelivery_OfAPeriodAlreadySent_IsRefused()
    {
        var first = new SmallDelivery().Observations();
        await _hub.PushAsync(_headers, SmallDelivery.ManifestFor(first), first, null);
        var delivery = new SmallDelivery();
        delivery.Persons.Reverse();
        var second = delivery.Observations();

        var e = await Assert.ThrowsAsync<RpcException>(() => _hub.PushAsync(_headers, SmallDelivery.ManifestFor(second), second, null));

        Assert.Equal(StatusCode.FailedPrecondition, e.StatusCode);
        Assert.Equal("PERIOD_OVERLAP", e.Reason());
    }

    private async Task<Finding> RefusedAsync(byte[] observations, string rule, string? column = null)
    {
        var reply = await _hub.PushAsync(_headers, SmallDelivery.ManifestFor(observations), observations, null);

        Assert.NotNull(reply.Refused);
        Assert.Equal(Severity.Error, reply.Refused.Findings[0].Severity);
        var finding = reply.Refused.Findings.FirstOrDefault(f => f.Rule.StartsWith(rule, StringComparison.Ordinal) && (column is null || f.Column == column));
        Assert.True(finding is not null, $"No finding {rule}; there were {string.Join(", ", reply.Refused.Findings.Select(f => $"{f.Rule}({f.Column})"))}.");
        Assert.NotEmpty(finding.RemedySv);
        Assert.NotEmpty(finding.RemedyEn);
        await NothingStoredAsync();
        return finding;
    }

    private async Task NothingStoredAsync()
    {
        Assert.Empty((await _hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest(), _headers)).Submissions);
        Assert.Empty(Files(Path.Combine("lake", "objects")));
        Assert.Empty(Files("spool"));
    }

    private string[] Files(string folder) => Path.Combine(_hub.Folder, folder) is var path && Directory.Exists(path)
        ? Directory.GetFiles(path, "*", SearchOption.AllDirectories)
        : [];
}
