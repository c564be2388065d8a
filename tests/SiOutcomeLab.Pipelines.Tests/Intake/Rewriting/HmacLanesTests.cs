using System.Security.Cryptography;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Pipelines.Tests.Intake.Rewriting;

public sealed class HmacLanesTests
{
    /// <summary>The platform's own HMAC, one message at a time; every number of messages up to three groups of eight.</summary>
    [Fact]
    public void Compute_AnyNumberOfMessages_IsTheHmacOfEach()
    {
        var random = new Random(20261122);
        foreach (var keyLength in new[] { 0, 1, 32, 63, 64 })
        {
            var key = Bytes(random, keyLength);
            var lanes = new HmacLanes(key);
            for (var count = 0; count <= 24; count++)
            {
                var messages = Bytes(random, count * HmacLanes.MessageBytes);
                var codes = new byte[messages.Length];

                lanes.Compute(messages, codes);

                for (var i = 0; i < count; i++)
                {
                    Assert.Equal(HMACSHA256.HashData(key, messages.AsSpan(i * 32, 32)), codes[(i * 32)..((i + 1) * 32)]);
                }
            }
        }
    }

    [Fact]
    public void Compute_InPlace_IsTheSame()
    {
        var random = new Random(7);
        var lanes = new HmacLanes(Bytes(random, 32));
        var messages = Bytes(random, 11 * 32);
        var codes = new byte[messages.Length];
        lanes.Compute(messages, codes);

        lanes.Compute(messages, messages);

        Assert.Equal(codes, messages);
    }

    [Fact]
    public void Constructor_KeyThatWouldHaveToBeHashed_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new HmacLanes(new byte[65]));

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
