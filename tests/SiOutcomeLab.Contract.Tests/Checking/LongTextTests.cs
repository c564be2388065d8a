using System.Buffers.Binary;
using System.Text;
using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract.Tests.Checking;

/// <summary>Texts too long to be kept, and numbers in a file's metadata, are looked through all the same.</summary>
public sealed class LongTextTests
{
    // Skatteverket's published test number.
    private const string Number = "19640823-3234";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Check_LongTextWithAnIdentityNumber_IsToldAtItsRow(bool coded)
    {
        var text = new string('x', 4_000) + " " + Number;
        var submission = new TestSubmission { Options = new ParquetWriterOptions { UseDictionary = coded } };
        submission.WithParticipation(TableColumn.Text("group_id", ["klass 1", text], optional: true));

        Assert.Equal([2L], FindingAssert.Only(await submission.CheckAsync(), "IDENTITY_NUMBER", "group_id").SampleRows);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(128, false)]
    [InlineData(129, false)]
    [InlineData(100_000, false)]
    public async Task Check_TextOfALength_IsTakenToSixtyFourBytes(int length, bool taken)
    {
        var submission = new TestSubmission();
        submission.WithParticipation(TableColumn.Text("group_id", [new string('x', length), "klass 1"], optional: true));

        var result = await submission.CheckAsync();

        if (taken) Assert.Empty(result.Findings);
        else Assert.Equal([1L], FindingAssert.Only(result, "VALUE_TOO_LONG", "group_id").SampleRows);
    }

    [Fact]
    public void HidesIdentity_TextsAndStoredNumbers_AreFound()
    {
        var whole = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(whole, 196408233234);
        var real = BitConverter.GetBytes(196408233234.0);

        Assert.True(FileCheck.HidesIdentity(Encoding.UTF8.GetBytes($"export {Number}"), new BareNumberTally()));
        Assert.True(FileCheck.HidesIdentity(whole, new BareNumberTally()));
        Assert.True(FileCheck.HidesIdentity(real, new BareNumberTally()));
        Assert.False(FileCheck.HidesIdentity(BitConverter.GetBytes(27_500.25), new BareNumberTally()));
        Assert.False(FileCheck.HidesIdentity(Encoding.ASCII.GetBytes(TestSubmission.Person(1)), new BareNumberTally()));
    }
}
