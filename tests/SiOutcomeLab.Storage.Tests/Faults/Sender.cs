using System.Security.Cryptography;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>What a sender wants to send, how far it has come, and what it has been told.</summary>
internal sealed class Sender(int number, byte[] content, bool willErase)
{
    public enum Stage
    {
        Sending,
        Storing,
        Committing,
        Clearing,
        Erasing,
        Ended,
    }

    public int Number => number;

    public byte[] Content => content;

    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(content));

    public string UploadId { get; } = $"upload-{number}";

    public byte[] Key { get; } = SHA256.HashData([(byte)number, 7]);

    public bool WillErase => willErase;

    public Stage At { get; set; }

    /// <summary>Bytes that the hub has said are durable.</summary>
    public long ToldDurable { get; set; }

    /// <summary>What the hub has answered at the end, which it must answer ever after.</summary>
    public string? Receipt { get; set; }

    public bool IsAcknowledged => Receipt is not null;

    /// <summary>The lake object that this sender's submission names, when it is in the lake.</summary>
    public LakeObject? Stored { get; set; }

    public bool IsToldErased { get; set; }

    /// <summary>The connection: lost when the hub stops or fails a call.</summary>
    public SpoolFile? File { get; set; }
}
