using SiOutcomeLab.Hub.Errors;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>One table maps every error to the wire.</summary>
public sealed class ErrorTableTests
{
    [Fact]
    public void EveryError_HasARow() => Assert.All(Enum.GetValues<HubError>(), e => Assert.True(ErrorTable.Has(e), $"{e} has no row."));

    [Fact]
    public void EveryReason_IsDistinctAndUpperSnake()
    {
        var reasons = Enum.GetValues<HubError>().Select(e => ErrorTable.Of(e).Reason).ToArray();

        Assert.Equal(reasons.Length, reasons.Distinct().Count());
        Assert.All(reasons, r => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", r));
    }
}
