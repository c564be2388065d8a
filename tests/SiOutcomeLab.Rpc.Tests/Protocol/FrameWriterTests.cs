using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.Tests.Protocol;

public sealed class FrameWriterTests
{
    public static TheoryData<string> Serializers => [.. Forms.Keys];

    private static readonly Dictionary<string, Action<byte[], SerializationContext>> Forms = new()
    {
        ["array"] = (m, c) => c.Complete(m),
        ["writer"] = (m, c) =>
        {
            c.GetBufferWriter().Write(m);
            c.Complete();
        },
        ["announced writer"] = (m, c) =>
        {
            c.SetPayloadLength(m.Length);
            c.GetBufferWriter().Write(m);
            c.Complete();
        },
    };

    [Theory]
    [MemberData(nameof(Serializers))]
    public void Write_EachForm_GivesTheSameFrame(string form)
    {
        foreach (var message in new[] { [], [1], Frames.Noise(5000, 1) })
        {
            Assert.Equal(Frames.Of(message), Write(message, Forms[form]));
            var compressed = Write(message, Forms[form], compression: new GzipCompressionProvider(CompressionLevel.Fastest));
            Assert.Equal(message.Length == 0 ? 0 : 1, compressed[0]);
            if (message.Length == 0) continue;
            using var gzip = new GZipStream(new MemoryStream(compressed[5..]), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            gzip.CopyTo(plain);
            Assert.Equal(message, plain.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void Write_OverTheLimit_IsResourceExhaustedAndWritesNothing(string form)
    {
        Assert.Equal(15, Write(new byte[10], Forms[form], limit: 10).Length);
        var target = new ArrayBufferWriter<byte>();
        var error = Assert.Throws<RpcException>(() => new FrameWriter(9).Write(target, new byte[10], Forms[form], null, null));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Equal(0, target.WrittenCount);
    }

    [Fact]
    public void Write_SerializerBreaksItsContract_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => Write([1], (_, _) => { }));
        Assert.Throws<InvalidOperationException>(() => Write([1], (m, c) =>
        {
            c.SetPayloadLength(2);
            c.GetBufferWriter().Write(m);
            c.Complete();
        }));
        Assert.Throws<InvalidOperationException>(() => Write([1], (m, c) =>
        {
            c.Complete(m);
            c.Complete(m);
        }));
    }

    [Fact]
    public void Marshaller_ContextualForm_WorksOverArrays()
    {
        var marshaller = Marshallers.Create<byte[]>(Forms["announced writer"], c => c.PayloadAsReadOnlySequence().ToArray());
        Assert.Equal([1, 2, 3], marshaller.Serializer([1, 2, 3]));
        Assert.Equal([1, 2, 3], marshaller.Deserializer([1, 2, 3]));
        Assert.Equal("åäö", Marshallers.StringMarshaller.Deserializer(Marshallers.StringMarshaller.Serializer("åäö")));
    }

    private static byte[] Write(
        byte[] message, Action<byte[], SerializationContext> serialize, int? limit = null, ICompressionProvider? compression = null)
    {
        var target = new ArrayBufferWriter<byte>();
        new FrameWriter(limit).Write(target, message, serialize, compression, null);
        return target.WrittenSpan.ToArray();
    }
}
