using System.Net;
using Grpc.Core;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.Tests.Protocol;

public sealed class TransportErrorsTests
{
    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    [InlineData(301, StatusCode.Unknown)]
    [InlineData(500, StatusCode.Unknown)]
    public void FromHttpStatus_Status_IsMapped(int http, StatusCode code) => Assert.Equal(code, TransportErrors.FromHttpStatus((HttpStatusCode)http));

    [Theory]
    [InlineData(0x0, StatusCode.Internal)]
    [InlineData(0x1, StatusCode.Internal)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xB, StatusCode.ResourceExhausted)]
    [InlineData(0xC, StatusCode.PermissionDenied)]
    public void FromResetCode_Code_IsMapped(long reset, StatusCode code) => Assert.Equal(code, TransportErrors.FromResetCode(reset));
}
