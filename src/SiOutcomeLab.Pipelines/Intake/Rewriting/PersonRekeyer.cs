using System.Buffers.Binary;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Pipelines.Intake.Rewriting;

/// <summary>
/// Turns the pseudonyms that a municipality sends into the lake's own: HMAC-SHA-256 of the 32 bytes that the 64 digits stand for, under
/// the person key of the hub and the project. The municipality, which has not that key, cannot recognise a person in the lake; the hub,
/// which has not the project's key, cannot look a person up by number.
/// </summary>
public sealed class PersonRekeyer
{
    /// <summary>Bytes of a person key.</summary>
    public const int KeyBytes = 32;

    private readonly HmacLanes _lanes;

    /// <summary>Takes the key; the caller may wipe its copy.</summary>
    /// <param name="projectPersonKey">The person key of this hub and project: <see cref="KeyBytes"/> random bytes.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public PersonRekeyer(ReadOnlySpan<byte> projectPersonKey)
    {
        if (projectPersonKey.Length != KeyBytes)
        {
            throw new ArgumentException($"A person key has {KeyBytes} bytes.", nameof(projectPersonKey));
        }

        _lanes = new HmacLanes(projectPersonKey);
    }

    /// <summary>The lake's pseudonym of a sent one.</summary>
    public PersonId Of(PersonId sent)
    {
        Span<byte> bytes = stackalloc byte[HmacLanes.MessageBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, sent.High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], sent.Low);
        _lanes.Compute(bytes, bytes);
        return LakePersons.Read(bytes);
    }

    /// <summary>Turns many at once; safe from several threads.</summary>
    /// <param name="sent">Pseudonyms of 32 bytes, end to end.</param>
    /// <param name="lake">Receives as many bytes; may be the same memory.</param>
    public void Rekey(ReadOnlySpan<byte> sent, Span<byte> lake) => _lanes.Compute(sent, lake);
}
