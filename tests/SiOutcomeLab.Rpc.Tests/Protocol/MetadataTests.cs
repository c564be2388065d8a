using Grpc.Core;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.Tests.Protocol;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("q6ur")]
    [InlineData("q6ur ")]
    public void AddReceived_Binary_Decodes(string value) => Assert.Equal([0xab, 0xab, 0xab], Received(value).GetValueBytes("x-bin")!);

    [Theory]
    [InlineData("AQ==")]
    [InlineData("AQ")]
    public void AddReceived_BinaryPaddedOrNot_DecodesTheSame(string value) => Assert.Equal([1], Received(value).GetValueBytes("x-bin")!);

    [Fact]
    public void AddReceived_BinaryJoinedByCommas_GivesAllInOrder() =>
        Assert.Equal([[1], [], [2, 3]], Received("AQ==,,AgM").GetAll("x-bin").Select(e => e.ValueBytes));

    [Theory]
    [InlineData("!!!!")]
    [InlineData("A")]
    [InlineData("A===A")]
    public void AddReceived_NotBase64_IsInternal(string value) =>
        Assert.Equal(StatusCode.Internal, Assert.Throws<RpcException>(() => Received(value)).StatusCode);

    [Fact]
    public void ToHeaderValue_Binary_HasNoPadding() => Assert.Equal("AQ", MetadataCodec.ToHeaderValue(new Metadata.Entry("x-bin", [1])));

    [Fact]
    public void Entry_KeyWithUpperCase_IsLowered() => Assert.Equal("x-key", new Metadata.Entry("X-Key", "v").Key);

    [Fact]
    public void Entry_SuffixAndValueDisagree_Throws()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x", [1]));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a b", "v"));
        Assert.Throws<InvalidOperationException>(() => new Metadata.Entry("x-bin", [1]).Value);
    }

    [Fact]
    public void Get_SeveralWithOneKey_GivesTheLast()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "a", "3" } };
        Assert.Equal("3", metadata.GetValue("A"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(e => e.Value));
    }

    [Fact]
    public void Empty_Changed_Throws() => Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));

    [Theory]
    [InlineData("grpc-timeout", true)]
    [InlineData("grpc-status", true)]
    [InlineData("TE", true)]
    [InlineData(":path", true)]
    [InlineData("Content-Type", true)]
    [InlineData("grpc-status-details-bin", false)]
    [InlineData("authorization", false)]
    [InlineData("user-agent", false)]
    public void IsReserved_Name_TellsProtocolFromMetadata(string name, bool reserved) => Assert.Equal(reserved, GrpcHeaders.IsReserved(name));

    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/grpc+proto", true)]
    [InlineData("Application/GRPC ; charset=utf-8", true)]
    [InlineData("application/grpc+json", false)]
    [InlineData("application/grpc-web", false)]
    [InlineData("application/json", false)]
    [InlineData(null, false)]
    public void IsGrpcContentType_Value_IsTold(string? value, bool expected) => Assert.Equal(expected, GrpcHeaders.IsGrpcContentType(value));

    private static Metadata Received(string value)
    {
        var metadata = new Metadata();
        MetadataCodec.AddReceived(metadata, "x-bin", value);
        return metadata;
    }
}
