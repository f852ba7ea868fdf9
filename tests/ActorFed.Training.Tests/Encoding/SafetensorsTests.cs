using System.Buffers.Binary;
using ActorFed.Training.Encoding;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Encoding;

/// <summary>The one encoding: its bytes, its round trip, and what it refuses.</summary>
public sealed class SafetensorsTests
{
    [Fact]
    public void The_bytes_of_a_small_set_are_these()
    {
        var set = TensorSet.Of([new("b", TensorValue.Of([1f, -2f], 2)), new("a", TensorValue.Of([0.5f], 1, 1))]);
        var header =
            """{"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""";
        header = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected =
        [
            .. Number(header.Length),
            .. System.Text.Encoding.UTF8.GetBytes(header),
            .. new byte[] { 0, 0, 0, 0x3f },
            .. new byte[] { 0, 0, 0x80, 0x3f },
            .. new byte[] { 0, 0, 0, 0xc0 },
        ];
        Assert.Equal(expected, Safetensors.Encode(set));
    }

    [Fact]
    public void Any_set_comes_back_as_it_was()
    {
        var tensors = from list in Gen.ListOf(Tensors) select TensorSet.Of(list.GroupBy(p => p.Key).Select(g => g.First()));
        Prop.ForAll(
                Arb.From(tensors),
                set =>
                {
                    var back = Safetensors.Decode(Safetensors.Encode(set));
                    return set.Keys.SequenceEqual(back.Keys)
                        && set.All(t =>
                            back[t.Key].Type == t.Value.Type
                            && back[t.Key].Shape.SequenceEqual(t.Value.Shape)
                            && back[t.Key].Bytes.Span.SequenceEqual(t.Value.Bytes.Span)
                        )
                        && BlobId.Of(back.Encoded.Span) == BlobId.Of(set.Encoded.Span);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_set_that_is_filled_in_place_has_the_canonical_bytes()
    {
        var set = TensorSet.Of([
            new("b", TensorValue.Of([1f, -2f], 2)),
            new("a", TensorValue.Of([0.5f], 1, 1)),
            new("c", TensorValue.Zeros(0)),
        ]);

        var filled = Safetensors.Fill(
            set.Reverse().Select(t => t.Value.At(t.Key)),
            (place, bytes) => set[place.Name].Bytes.Span.CopyTo(bytes)
        );

        Assert.Equal(Safetensors.Encode(set), filled.Encoded.ToArray());
        Assert.Equal(Safetensors.Encode(set), Safetensors.Encode(filled));
        Assert.Equal(BlobId.Of(Safetensors.Encode(set)), filled.Id);
        Assert.Equal(Safetensors.Encode(TensorSet.Empty), Safetensors.Fill([], (_, _) => { }).Encoded.ToArray());
    }

    [Fact]
    public void Places_that_are_wrong_are_refused_before_anything_is_written()
    {
        var place = new TensorPlace("a", ElementType.F32, [1]);
        string Refused(params TensorPlace[] places) =>
            Assert.Throws<ArgumentException>(() => Safetensors.Fill(places, (_, _) => Assert.Fail("filled"))).Message;

        Assert.Contains("'a'", Refused(place, place));
        Assert.Contains("[-1] has a negative dimension", Refused(place with { Shape = [-1] }));
    }

    [Fact]
    public void Canonical_bytes_are_kept_and_others_are_encoded_anew()
    {
        var set = TensorSet.Of([new("a", TensorValue.Of([1f], 1)), new("b", TensorValue.Of([2f], 1))]);
        var canonical = Safetensors.Encode(set);
        Assert.True(Safetensors.Decode(canonical).Encoded.Equals(new ReadOnlyMemory<byte>(canonical)));

        var header =
            """{"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""";
        byte[] foreign =
        [
            .. Number(header.Length),
            .. System.Text.Encoding.UTF8.GetBytes(header),
            .. BitConverter.GetBytes(2f),
            .. BitConverter.GetBytes(1f),
        ];
        Assert.Equal(canonical, Safetensors.Decode(foreign).Encoded.ToArray());
        Assert.Equal(BlobId.Of(canonical), Safetensors.Decode(foreign).Id);
    }

    [Theory]
    [InlineData("", "header")]
    [InlineData("{ ", "header cannot be read")]
    [InlineData("[]", "header cannot be read")]
    [InlineData("""{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", "F31")]
    [InlineData("""{"a":{"dtype":"1","shape":[1],"data_offsets":[0,4]}}""", "dtype '1'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "takes 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "0 bytes of data")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,4]}}""", "header cannot be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":"x","data_offsets":[0,4]}}""", "header cannot be read")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "header cannot be read")]
    public void A_hostile_header_is_refused_and_named(string header, string why)
    {
        byte[] bytes = [.. Number(header.Length), .. System.Text.Encoding.UTF8.GetBytes(header), 0, 0, 0, 0];
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => Safetensors.Decode(bytes)).Message);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"132","shape":[1],"data_offsets":[0,4]}}""")] // a number is no name of an element type
    [InlineData("""{"a":{"dtype":"0","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[]}}""")]
    public void A_header_that_names_no_type_or_no_place_is_refused(string header)
    {
        var json = System.Text.Encoding.UTF8.GetBytes(header);
        byte[] bytes = [.. BitConverter.GetBytes((long)json.Length), .. json, 0, 0, 0, 0];
        Assert.Throws<InvalidDataException>(() => Safetensors.Decode(bytes));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_and_nothing_else()
    {
        var sound = Safetensors.Encode(TensorSet.Of([new("a", TensorValue.Of([1f, 2f], 2)), new("b", TensorValue.Zeros(3))]));
        var damage = ArbMap.Default.ArbFor<(int At, byte Value, int Cut)>();
        Prop.ForAll(
                damage,
                d =>
                {
                    var bytes = sound.ToArray();
                    bytes[Math.Abs(d.At % bytes.Length)] = d.Value;
                    var cut = bytes.AsMemory(0, bytes.Length - Math.Abs(d.Cut % 3));
                    try
                    {
                        return Safetensors.Decode(cut).Encoded.Length > 0;
                    }
                    catch (InvalidDataException)
                    {
                        return true;
                    }
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_mapped_file_gives_the_same_tensors_and_dies_with_an_error()
    {
        var set = TensorSet.Of([new("a", TensorValue.Of([1f, 2f], 2)), new("b", TensorValue.Of([3f], 1))]);
        using var folder = new TemporaryFolder();
        var path = folder.Write("set.safetensors", Safetensors.Encode(set));
        var file = new SafetensorsFile(path);
        Assert.Equal(["a", "b"], file.Names);
        var value = file.Read("b");
        Assert.Equal(3f, value.Floats[0]);
        Assert.Contains("'c'", Assert.Throws<KeyNotFoundException>(() => file.Read("c")).Message);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => value.Floats[0]);
        Assert.Throws<ObjectDisposedException>(() => file.Read("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(4)]
    public void A_truncated_file_is_refused_by_name(int missing)
    {
        var bytes = Safetensors.Encode(TensorSet.Of([new("a", TensorValue.Of([1f, 2f], 2))]));
        using var folder = new TemporaryFolder();
        var path = folder.Write("cut.safetensors", missing == 0 ? [] : bytes[..^missing]); // fault: the copy was cut
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => new SafetensorsFile(path)).Message);
    }

    private static Gen<KeyValuePair<string, TensorValue>> Tensors =>
        from name in ArbMap.Default.GeneratorFor<NonEmptyString>()
        from type in Gen.Elements(Enum.GetValues<ElementType>())
        from shape in Gen.ListOf(Gen.Choose(0, 3), 2)
        from fill in Gen.Choose(0, 255)
        let clean = new string([.. name.Get.Where(c => !char.IsSurrogate(c))])
        let bytes = Enumerable.Repeat((byte)fill, shape[0] * shape[1] * TensorValue.SizeOf(type)).ToArray()
        select KeyValuePair.Create(clean, new TensorValue(type, [shape[0], shape[1]], bytes));

    private static byte[] Number(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
