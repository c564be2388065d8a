using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Hub.Configuration;
using SiOutcomeLab.Hub.Errors;
using Enum = System.Enum;
using Status = Grpc.Core.Status;

namespace SiOutcomeLab.Cli.Tests.Failures;

public sealed class FailureTableTests
{
    public static TheoryData<HubError> HubErrors => [.. Enum.GetValues<HubError>()];

    [Theory, MemberData(nameof(HubErrors))]
    public void Knows_EveryErrorOfTheHub(HubError error)
    {
        var reason = string.Concat(
            error.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
        Assert.True(FailureTable.Knows(reason), $"{reason} has no row.");
    }

    [Theory]
    [InlineData("CREDENTIALS_INVALID", StatusCode.Unauthenticated, 5)]
    [InlineData("NOT_OWN_ORGANISATION", StatusCode.PermissionDenied, 5)]
    [InlineData("PERIOD_OVERLAP", StatusCode.FailedPrecondition, 8)]
    [InlineData("EFFECT_UNKNOWN", StatusCode.NotFound, 7)]
    [InlineData("SPOOL_FULL", StatusCode.Unavailable, 10)]
    [InlineData("A_REASON_OF_LATER_TIMES", StatusCode.NotFound, 7)]
    public void Of_HubsError_GoesByReasonBeforeStatus(string reason, StatusCode code, int exit)
    {
        var failure = FailureTable.Of(Thrown(code, new ErrorInfo { Domain = "sioutcomelab", Type = reason }));
        Assert.Equal(exit, (int)failure.Code);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, 6)]
    [InlineData(StatusCode.Unimplemented, 6)]
    [InlineData(StatusCode.Unauthenticated, 5)]
    [InlineData(StatusCode.DeadlineExceeded, 11)]
    [InlineData(StatusCode.ResourceExhausted, 10)]
    [InlineData(StatusCode.InvalidArgument, 9)]
    [InlineData(StatusCode.Cancelled, 130)]
    [InlineData(StatusCode.Internal, 1)]
    [InlineData(StatusCode.DataLoss, 1)]
    public void Of_BareStatus_HasItsExitCode(StatusCode code, int exit) =>
        Assert.Equal(exit, (int)FailureTable.Of(new RpcException(new Status(code, "detail"))).Code);

    [Fact]
    public void Of_FieldViolations_NamesEachField()
    {
        var bad = new BadRequest
        {
            FieldViolations = { new BadRequest.Types.FieldViolation { Field = "plan.primary", Description = "must be present." } },
        };
        var failure = FailureTable.Of(Thrown(StatusCode.InvalidArgument, new ErrorInfo { Type = "FIELD_INVALID" }, bad));
        Assert.Equal(ExitCode.RequestInvalid, failure.Code);
        Assert.Equal(["plan.primary: must be present."], failure.Details);
    }

    [Fact]
    public void Of_HubOptions_NamesTheKey()
    {
        var failure = FailureTable.Of(new HubOptionsException([new OptionBreach("grpc.port", new("ska vara 0–65535.", "must be 0–65535."))]));
        Assert.Equal(ExitCode.HubCannotStart, failure.Code);
        Assert.Equal(["grpc.port must be 0–65535."], failure.Points.Select(p => p.En));
    }

    [Fact]
    public void Of_AnythingElse_IsAFaultWithARemedy()
    {
        var failure = FailureTable.Of(new InvalidOperationException("broken"));
        Assert.Equal(ExitCode.Fault, failure.Code);
        Assert.NotEmpty(failure.Remedy.Sv);
    }

    [Fact]
    public void ExitCodes_AreDistinctAndFitAProcess()
    {
        var codes = Enum.GetValues<ExitCode>().Select(c => (int)c).ToArray();
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(codes, c => Assert.InRange(c, 0, 255));
    }

    private static RpcException Thrown(StatusCode code, params Google.Protobuf.IMessage[] details)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = "detail" };
        status.Details.AddRange(details.Select(Any.Pack));
        return status.ToRpcException();
    }
}
