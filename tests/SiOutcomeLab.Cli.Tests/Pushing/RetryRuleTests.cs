using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.Hub.Errors;
using Enum = System.Enum;
using Status = Grpc.Core.Status;

namespace SiOutcomeLab.Cli.Tests.Pushing;

/// <summary>What is tried again is what the contract says, and nothing else of all that the hub can answer.</summary>
public sealed class RetryRuleTests
{
    private static readonly HashSet<HubError> TriedAgain =
    [
        HubError.SpoolFull, HubError.Rate, HubError.LeaseLost, HubError.OffsetAhead, HubError.UploadIncomplete, HubError.CatalogueUnavailable,
        HubError.StorageUnavailable, HubError.HubStopping, HubError.StreamSilent,
    ];

    [Fact]
    public void ShouldTryAgain_OfEveryErrorOfTheHub_IsAsDocumented() => Assert.All(Enum.GetValues<HubError>(), error =>
    {
        // The reason decides; the code beside it is what a client without a word for the reason goes by.
        var reason = string.Concat(error.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
        Assert.Equal(TriedAgain.Contains(error), RetryRule.ShouldTryAgain(Thrown(StatusCode.Aborted, reason)));
    });

    [Theory]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.DeadlineExceeded, true)]
    [InlineData(StatusCode.ResourceExhausted, false)]
    [InlineData(StatusCode.Internal, false)]
    [InlineData(StatusCode.Unknown, false)]
    [InlineData(StatusCode.Unimplemented, false)]
    [InlineData(StatusCode.Cancelled, false)]
    public void ShouldTryAgain_OfABareCode_GoesByTheCode(StatusCode code, bool expected) =>
        Assert.Equal(expected, RetryRule.ShouldTryAgain(new RpcException(new Status(code, string.Empty))));

    [Fact]
    public void ShouldTryAgain_OfAReasonYetUnknown_IsTrueWhenTheHubIsOnlyUnavailable() =>
        Assert.True(RetryRule.ShouldTryAgain(Thrown(StatusCode.Unavailable, "A_LATER_HUBS_REASON")));

    [Fact]
    public void ShouldTryAgain_OfABrokenLine_IsTrueWhateverTheTransportCallsIt() =>
        Assert.True(RetryRule.ShouldTryAgain(new RpcException(new Status(StatusCode.Internal, "reset", new IOException("reset")))));

    private static RpcException Thrown(StatusCode code, string reason) => new Google.Rpc.Status
    {
        Code = (int)code,
        Message = reason,
        Details = { Any.Pack(new ErrorInfo { Domain = "sioutcomelab", Type = reason }) },
    }.ToRpcException();
}
