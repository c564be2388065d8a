using System.Buffers.Binary;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Pipelines.Intake.Rewriting;

/// <summary>How the lake writes a pseudonym: its 32 bytes, the first first.</summary>
internal static class LakePersons
{
    public const int Bytes = 32;

    public static PersonId Read(ReadOnlySpan<byte> bytes) => bytes.Length == Bytes
        ? new PersonId(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
        : throw new InvalidDataException("A lake file holds a person_id that is not 32 bytes.");
}
