using Grpc.Core;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>One table maps every error to the wire.</summary>
public sealed class ErrorTableTests
{
    [Fact]
    public void EveryError_HasARow() => Assert.All(Enum.GetValues<HubError>(), e => Assert.True(ErrorTable.Has(e), $"{e} has no row."));

    [Theory]
    [InlineData(true, StatusCode.ResourceExhausted, "SPOOL_FULL")]
    [InlineData(false, StatusCode.Unavailable, "STORAGE_UNAVAILABLE")]
    public void Of_AFailingDisk_IsTheHubsOwnErrorAndTellsNoPath(bool isFull, StatusCode code, string reason)
    {
        foreach (var failure in isFull
            ? new IOException[] { new StorageFullException("/srv/hub/spool") }
            : [new StorageUnavailableException("/srv/hub/spool", "The disk failed to write /srv/hub/spool."), new IOException("/srv/hub/scratch: I/O error")])
        {
            var status = HubStatus.Of(failure);

            Assert.Equal((code, reason), (status!.StatusCode, status.Reason()));
            Assert.DoesNotContain("/srv", status.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryReason_IsDistinctAndUpperSnake()
    {
        var reasons = Enum.GetValues<HubError>().Select(e => ErrorTable.Of(e).Reason).ToArray();

        Assert.Equal(reasons.Length, reasons.Distinct().Count());
        Assert.All(reasons, r => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", r));
    }
}
