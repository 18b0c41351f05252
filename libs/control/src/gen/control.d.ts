// Generated from protos/kiln/control/v1/control.proto by `npm run generate`. Do not edit.
import * as $protobuf from "protobufjs/minimal.js";

/** Namespace kiln. */
export namespace kiln {

    /** Namespace control. */
    namespace control {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a RunRef.
             * @deprecated Use kiln.control.v1.RunRef.$Properties instead.
             */
            interface IRunRef extends kiln.control.v1.RunRef.$Properties {
            }

            /** Represents a RunRef. */
            class RunRef {

                /**
                 * Constructs a new RunRef.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.RunRef.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RunRef runId. */
                runId: string;

                /** RunRef generation. */
                generation: number;

                /**
                 * Encodes the specified RunRef message. Does not implicitly {@link kiln.control.v1.RunRef.verify|verify} messages.
                 * @param message RunRef message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.RunRef.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RunRef message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.RunRef & kiln.control.v1.RunRef.$Shape} RunRef
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.RunRef & kiln.control.v1.RunRef.$Shape;
            }

            namespace RunRef {

                /** Properties of a RunRef. */
                interface $Properties {

                    /** RunRef runId */
                    runId?: (string|null);

                    /** RunRef generation */
                    generation?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RunRef. */
                type $Shape = kiln.control.v1.RunRef.$Properties;
            }

            /**
             * Properties of a Seat.
             * @deprecated Use kiln.control.v1.Seat.$Properties instead.
             */
            interface ISeat extends kiln.control.v1.Seat.$Properties {
            }

            /** Represents a Seat. */
            class Seat {

                /**
                 * Constructs a new Seat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.Seat.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Seat runId. */
                runId: string;

                /** Seat generation. */
                generation: number;

                /** Seat rank. */
                rank: number;

                /**
                 * Encodes the specified Seat message. Does not implicitly {@link kiln.control.v1.Seat.verify|verify} messages.
                 * @param message Seat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.Seat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Seat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.Seat & kiln.control.v1.Seat.$Shape} Seat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.Seat & kiln.control.v1.Seat.$Shape;
            }

            namespace Seat {

                /** Properties of a Seat. */
                interface $Properties {

                    /** Seat runId */
                    runId?: (string|null);

                    /** Seat generation */
                    generation?: (number|null);

                    /** Seat rank */
                    rank?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Seat. */
                type $Shape = kiln.control.v1.Seat.$Properties;
            }

            /**
             * Properties of a JoinRequest.
             * @deprecated Use kiln.control.v1.JoinRequest.$Properties instead.
             */
            interface IJoinRequest extends kiln.control.v1.JoinRequest.$Properties {
            }

            /** Represents a JoinRequest. */
            class JoinRequest {

                /**
                 * Constructs a new JoinRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.JoinRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JoinRequest protocol. */
                protocol: number;

                /** JoinRequest incarnation. */
                incarnation: string;

                /** JoinRequest host. */
                host: string;

                /** JoinRequest pid. */
                pid: number;

                /** JoinRequest device. */
                device: string;

                /** JoinRequest rank. */
                rank?: (number|null);

                /** JoinRequest runId. */
                runId: string;

                /** JoinRequest hostId. */
                hostId: string;

                /** JoinRequest endpoint. */
                endpoint: string;

                /** JoinRequest publicKey. */
                publicKey: string;

                /**
                 * Encodes the specified JoinRequest message. Does not implicitly {@link kiln.control.v1.JoinRequest.verify|verify} messages.
                 * @param message JoinRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.JoinRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JoinRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.JoinRequest & kiln.control.v1.JoinRequest.$Shape} JoinRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.JoinRequest & kiln.control.v1.JoinRequest.$Shape;
            }

            namespace JoinRequest {

                /** Properties of a JoinRequest. */
                interface $Properties {

                    /** JoinRequest protocol */
                    protocol?: (number|null);

                    /** JoinRequest incarnation */
                    incarnation?: (string|null);

                    /** JoinRequest host */
                    host?: (string|null);

                    /** JoinRequest pid */
                    pid?: (number|null);

                    /** JoinRequest device */
                    device?: (string|null);

                    /** JoinRequest rank */
                    rank?: (number|null);

                    /** JoinRequest runId */
                    runId?: (string|null);

                    /** JoinRequest hostId */
                    hostId?: (string|null);

                    /** JoinRequest endpoint */
                    endpoint?: (string|null);

                    /** JoinRequest publicKey */
                    publicKey?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JoinRequest. */
                type $Shape = kiln.control.v1.JoinRequest.$Properties;
            }

            /**
             * Properties of a JoinResponse.
             * @deprecated Use kiln.control.v1.JoinResponse.$Properties instead.
             */
            interface IJoinResponse extends kiln.control.v1.JoinResponse.$Properties {
            }

            /** Represents a JoinResponse. */
            class JoinResponse {

                /**
                 * Constructs a new JoinResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.JoinResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JoinResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /** JoinResponse rank. */
                rank: number;

                /** JoinResponse worldSize. */
                worldSize: number;

                /** JoinResponse configJson. */
                configJson: string;

                /** JoinResponse groupName. */
                groupName: string;

                /** JoinResponse resumeFrom. */
                resumeFrom: string;

                /** JoinResponse runFolder. */
                runFolder: string;

                /** JoinResponse heartbeatIntervalMs. */
                heartbeatIntervalMs: number;

                /** JoinResponse heartbeatTimeoutMs. */
                heartbeatTimeoutMs: number;

                /** JoinResponse peers. */
                peers: kiln.control.v1.Peer.$Properties[];

                /** JoinResponse transport. */
                transport: kiln.control.v1.Transport;

                /**
                 * Encodes the specified JoinResponse message. Does not implicitly {@link kiln.control.v1.JoinResponse.verify|verify} messages.
                 * @param message JoinResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.JoinResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JoinResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.JoinResponse & kiln.control.v1.JoinResponse.$Shape} JoinResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.JoinResponse & kiln.control.v1.JoinResponse.$Shape;
            }

            namespace JoinResponse {

                /** Properties of a JoinResponse. */
                interface $Properties {

                    /** JoinResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** JoinResponse rank */
                    rank?: (number|null);

                    /** JoinResponse worldSize */
                    worldSize?: (number|null);

                    /** JoinResponse configJson */
                    configJson?: (string|null);

                    /** JoinResponse groupName */
                    groupName?: (string|null);

                    /** JoinResponse resumeFrom */
                    resumeFrom?: (string|null);

                    /** JoinResponse runFolder */
                    runFolder?: (string|null);

                    /** JoinResponse heartbeatIntervalMs */
                    heartbeatIntervalMs?: (number|null);

                    /** JoinResponse heartbeatTimeoutMs */
                    heartbeatTimeoutMs?: (number|null);

                    /** JoinResponse peers */
                    peers?: (kiln.control.v1.Peer.$Properties[]|null);

                    /** JoinResponse transport */
                    transport?: (kiln.control.v1.Transport|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JoinResponse. */
                type $Shape = kiln.control.v1.JoinResponse.$Properties;
            }

            /** Transport enum. */
            enum Transport {

                /** TRANSPORT_UNSPECIFIED value */
                TRANSPORT_UNSPECIFIED = 0,

                /** TRANSPORT_SHARED_MEMORY value */
                TRANSPORT_SHARED_MEMORY = 1,

                /** TRANSPORT_ZEROMQ value */
                TRANSPORT_ZEROMQ = 2
            }

            /**
             * Properties of a Peer.
             * @deprecated Use kiln.control.v1.Peer.$Properties instead.
             */
            interface IPeer extends kiln.control.v1.Peer.$Properties {
            }

            /** Represents a Peer. */
            class Peer {

                /**
                 * Constructs a new Peer.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.Peer.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Peer rank. */
                rank: number;

                /** Peer host. */
                host: string;

                /** Peer pid. */
                pid: number;

                /** Peer device. */
                device: string;

                /** Peer hostId. */
                hostId: string;

                /** Peer endpoint. */
                endpoint: string;

                /** Peer publicKey. */
                publicKey: string;

                /**
                 * Encodes the specified Peer message. Does not implicitly {@link kiln.control.v1.Peer.verify|verify} messages.
                 * @param message Peer message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.Peer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Peer message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.Peer & kiln.control.v1.Peer.$Shape} Peer
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.Peer & kiln.control.v1.Peer.$Shape;
            }

            namespace Peer {

                /** Properties of a Peer. */
                interface $Properties {

                    /** Peer rank */
                    rank?: (number|null);

                    /** Peer host */
                    host?: (string|null);

                    /** Peer pid */
                    pid?: (number|null);

                    /** Peer device */
                    device?: (string|null);

                    /** Peer hostId */
                    hostId?: (string|null);

                    /** Peer endpoint */
                    endpoint?: (string|null);

                    /** Peer publicKey */
                    publicKey?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Peer. */
                type $Shape = kiln.control.v1.Peer.$Properties;
            }

            /** Phase enum. */
            enum Phase {

                /** PHASE_UNSPECIFIED value */
                PHASE_UNSPECIFIED = 0,

                /** PHASE_STARTING value */
                PHASE_STARTING = 1,

                /** PHASE_COMPILING value */
                PHASE_COMPILING = 2,

                /** PHASE_TRAINING value */
                PHASE_TRAINING = 3,

                /** PHASE_SAVING value */
                PHASE_SAVING = 4,

                /** PHASE_SAMPLING value */
                PHASE_SAMPLING = 5,

                /** PHASE_STOPPING value */
                PHASE_STOPPING = 6
            }

            /**
             * Properties of a Progress.
             * @deprecated Use kiln.control.v1.Progress.$Properties instead.
             */
            interface IProgress extends kiln.control.v1.Progress.$Properties {
            }

            /** Represents a Progress. */
            class Progress {

                /**
                 * Constructs a new Progress.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.Progress.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Progress phase. */
                phase: kiln.control.v1.Phase;

                /** Progress step. */
                step: number;

                /** Progress images. */
                images: number;

                /** Progress kimg. */
                kimg: number;

                /**
                 * Encodes the specified Progress message. Does not implicitly {@link kiln.control.v1.Progress.verify|verify} messages.
                 * @param message Progress message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.Progress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Progress message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.Progress & kiln.control.v1.Progress.$Shape} Progress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.Progress & kiln.control.v1.Progress.$Shape;
            }

            namespace Progress {

                /** Properties of a Progress. */
                interface $Properties {

                    /** Progress phase */
                    phase?: (kiln.control.v1.Phase|null);

                    /** Progress step */
                    step?: (number|null);

                    /** Progress images */
                    images?: (number|null);

                    /** Progress kimg */
                    kimg?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Progress. */
                type $Shape = kiln.control.v1.Progress.$Properties;
            }

            /**
             * Properties of a HeartbeatRequest.
             * @deprecated Use kiln.control.v1.HeartbeatRequest.$Properties instead.
             */
            interface IHeartbeatRequest extends kiln.control.v1.HeartbeatRequest.$Properties {
            }

            /** Represents a HeartbeatRequest. */
            class HeartbeatRequest {

                /**
                 * Constructs a new HeartbeatRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.HeartbeatRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HeartbeatRequest seat. */
                seat?: (kiln.control.v1.Seat.$Properties|null);

                /** HeartbeatRequest sequence. */
                sequence: number;

                /** HeartbeatRequest progress. */
                progress?: (kiln.control.v1.Progress.$Properties|null);

                /** HeartbeatRequest sentAtMs. */
                sentAtMs: number;

                /**
                 * Encodes the specified HeartbeatRequest message. Does not implicitly {@link kiln.control.v1.HeartbeatRequest.verify|verify} messages.
                 * @param message HeartbeatRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.HeartbeatRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HeartbeatRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.HeartbeatRequest & kiln.control.v1.HeartbeatRequest.$Shape} HeartbeatRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.HeartbeatRequest & kiln.control.v1.HeartbeatRequest.$Shape;
            }

            namespace HeartbeatRequest {

                /** Properties of a HeartbeatRequest. */
                interface $Properties {

                    /** HeartbeatRequest seat */
                    seat?: (kiln.control.v1.Seat.$Properties|null);

                    /** HeartbeatRequest sequence */
                    sequence?: (number|null);

                    /** HeartbeatRequest progress */
                    progress?: (kiln.control.v1.Progress.$Properties|null);

                    /** HeartbeatRequest sentAtMs */
                    sentAtMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HeartbeatRequest. */
                type $Shape = kiln.control.v1.HeartbeatRequest.$Properties;
            }

            /**
             * Properties of a HeartbeatResponse.
             * @deprecated Use kiln.control.v1.HeartbeatResponse.$Properties instead.
             */
            interface IHeartbeatResponse extends kiln.control.v1.HeartbeatResponse.$Properties {
            }

            /** Represents a HeartbeatResponse. */
            class HeartbeatResponse {

                /**
                 * Constructs a new HeartbeatResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.HeartbeatResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HeartbeatResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /** HeartbeatResponse command. */
                command?: (kiln.control.v1.Command.$Properties|null);

                /**
                 * Encodes the specified HeartbeatResponse message. Does not implicitly {@link kiln.control.v1.HeartbeatResponse.verify|verify} messages.
                 * @param message HeartbeatResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.HeartbeatResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HeartbeatResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.HeartbeatResponse & kiln.control.v1.HeartbeatResponse.$Shape} HeartbeatResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.HeartbeatResponse & kiln.control.v1.HeartbeatResponse.$Shape;
            }

            namespace HeartbeatResponse {

                /** Properties of a HeartbeatResponse. */
                interface $Properties {

                    /** HeartbeatResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** HeartbeatResponse command */
                    command?: (kiln.control.v1.Command.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HeartbeatResponse. */
                type $Shape = kiln.control.v1.HeartbeatResponse.$Properties;
            }

            /** CommandKind enum. */
            enum CommandKind {

                /** COMMAND_KIND_UNSPECIFIED value */
                COMMAND_KIND_UNSPECIFIED = 0,

                /** COMMAND_KIND_STOP value */
                COMMAND_KIND_STOP = 1,

                /** COMMAND_KIND_CHECKPOINT value */
                COMMAND_KIND_CHECKPOINT = 2,

                /** COMMAND_KIND_ABORT value */
                COMMAND_KIND_ABORT = 3
            }

            /**
             * Properties of a Command.
             * @deprecated Use kiln.control.v1.Command.$Properties instead.
             */
            interface ICommand extends kiln.control.v1.Command.$Properties {
            }

            /** Represents a Command. */
            class Command {

                /**
                 * Constructs a new Command.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.Command.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Command id. */
                id: number;

                /** Command kind. */
                kind: kiln.control.v1.CommandKind;

                /** Command reason. */
                reason: string;

                /**
                 * Encodes the specified Command message. Does not implicitly {@link kiln.control.v1.Command.verify|verify} messages.
                 * @param message Command message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.Command.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Command message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.Command & kiln.control.v1.Command.$Shape} Command
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.Command & kiln.control.v1.Command.$Shape;
            }

            namespace Command {

                /** Properties of a Command. */
                interface $Properties {

                    /** Command id */
                    id?: (number|null);

                    /** Command kind */
                    kind?: (kiln.control.v1.CommandKind|null);

                    /** Command reason */
                    reason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Command. */
                type $Shape = kiln.control.v1.Command.$Properties;
            }

            /**
             * Properties of an AgreeStepRequest.
             * @deprecated Use kiln.control.v1.AgreeStepRequest.$Properties instead.
             */
            interface IAgreeStepRequest extends kiln.control.v1.AgreeStepRequest.$Properties {
            }

            /** Represents an AgreeStepRequest. */
            class AgreeStepRequest {

                /**
                 * Constructs a new AgreeStepRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.AgreeStepRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AgreeStepRequest seat. */
                seat?: (kiln.control.v1.Seat.$Properties|null);

                /** AgreeStepRequest commandId. */
                commandId: number;

                /** AgreeStepRequest started. */
                started: number;

                /**
                 * Encodes the specified AgreeStepRequest message. Does not implicitly {@link kiln.control.v1.AgreeStepRequest.verify|verify} messages.
                 * @param message AgreeStepRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.AgreeStepRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AgreeStepRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.AgreeStepRequest & kiln.control.v1.AgreeStepRequest.$Shape} AgreeStepRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.AgreeStepRequest & kiln.control.v1.AgreeStepRequest.$Shape;
            }

            namespace AgreeStepRequest {

                /** Properties of an AgreeStepRequest. */
                interface $Properties {

                    /** AgreeStepRequest seat */
                    seat?: (kiln.control.v1.Seat.$Properties|null);

                    /** AgreeStepRequest commandId */
                    commandId?: (number|null);

                    /** AgreeStepRequest started */
                    started?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AgreeStepRequest. */
                type $Shape = kiln.control.v1.AgreeStepRequest.$Properties;
            }

            /**
             * Properties of an AgreeStepResponse.
             * @deprecated Use kiln.control.v1.AgreeStepResponse.$Properties instead.
             */
            interface IAgreeStepResponse extends kiln.control.v1.AgreeStepResponse.$Properties {
            }

            /** Represents an AgreeStepResponse. */
            class AgreeStepResponse {

                /**
                 * Constructs a new AgreeStepResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.AgreeStepResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AgreeStepResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /** AgreeStepResponse step. */
                step: number;

                /**
                 * Encodes the specified AgreeStepResponse message. Does not implicitly {@link kiln.control.v1.AgreeStepResponse.verify|verify} messages.
                 * @param message AgreeStepResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.AgreeStepResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AgreeStepResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.AgreeStepResponse & kiln.control.v1.AgreeStepResponse.$Shape} AgreeStepResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.AgreeStepResponse & kiln.control.v1.AgreeStepResponse.$Shape;
            }

            namespace AgreeStepResponse {

                /** Properties of an AgreeStepResponse. */
                interface $Properties {

                    /** AgreeStepResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** AgreeStepResponse step */
                    step?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AgreeStepResponse. */
                type $Shape = kiln.control.v1.AgreeStepResponse.$Properties;
            }

            /**
             * Properties of a Tick.
             * @deprecated Use kiln.control.v1.Tick.$Properties instead.
             */
            interface ITick extends kiln.control.v1.Tick.$Properties {
            }

            /** Represents a Tick. */
            class Tick {

                /**
                 * Constructs a new Tick.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.Tick.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Tick tick. */
                tick: number;

                /** Tick step. */
                step: number;

                /** Tick kimg. */
                kimg: number;

                /** Tick values. */
                values: { [k: string]: number };

                /**
                 * Encodes the specified Tick message. Does not implicitly {@link kiln.control.v1.Tick.verify|verify} messages.
                 * @param message Tick message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.Tick.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Tick message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.Tick & kiln.control.v1.Tick.$Shape} Tick
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.Tick & kiln.control.v1.Tick.$Shape;
            }

            namespace Tick {

                /** Properties of a Tick. */
                interface $Properties {

                    /** Tick tick */
                    tick?: (number|null);

                    /** Tick step */
                    step?: (number|null);

                    /** Tick kimg */
                    kimg?: (number|null);

                    /** Tick values */
                    values?: ({ [k: string]: number }|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Tick. */
                type $Shape = kiln.control.v1.Tick.$Properties;
            }

            /**
             * Properties of a ReportTickRequest.
             * @deprecated Use kiln.control.v1.ReportTickRequest.$Properties instead.
             */
            interface IReportTickRequest extends kiln.control.v1.ReportTickRequest.$Properties {
            }

            /** Represents a ReportTickRequest. */
            class ReportTickRequest {

                /**
                 * Constructs a new ReportTickRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.ReportTickRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReportTickRequest seat. */
                seat?: (kiln.control.v1.Seat.$Properties|null);

                /** ReportTickRequest tick. */
                tick?: (kiln.control.v1.Tick.$Properties|null);

                /**
                 * Encodes the specified ReportTickRequest message. Does not implicitly {@link kiln.control.v1.ReportTickRequest.verify|verify} messages.
                 * @param message ReportTickRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.ReportTickRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReportTickRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.ReportTickRequest & kiln.control.v1.ReportTickRequest.$Shape} ReportTickRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.ReportTickRequest & kiln.control.v1.ReportTickRequest.$Shape;
            }

            namespace ReportTickRequest {

                /** Properties of a ReportTickRequest. */
                interface $Properties {

                    /** ReportTickRequest seat */
                    seat?: (kiln.control.v1.Seat.$Properties|null);

                    /** ReportTickRequest tick */
                    tick?: (kiln.control.v1.Tick.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReportTickRequest. */
                type $Shape = kiln.control.v1.ReportTickRequest.$Properties;
            }

            /**
             * Properties of a ReportTickResponse.
             * @deprecated Use kiln.control.v1.ReportTickResponse.$Properties instead.
             */
            interface IReportTickResponse extends kiln.control.v1.ReportTickResponse.$Properties {
            }

            /** Represents a ReportTickResponse. */
            class ReportTickResponse {

                /**
                 * Constructs a new ReportTickResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.ReportTickResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReportTickResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /**
                 * Encodes the specified ReportTickResponse message. Does not implicitly {@link kiln.control.v1.ReportTickResponse.verify|verify} messages.
                 * @param message ReportTickResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.ReportTickResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReportTickResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.ReportTickResponse & kiln.control.v1.ReportTickResponse.$Shape} ReportTickResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.ReportTickResponse & kiln.control.v1.ReportTickResponse.$Shape;
            }

            namespace ReportTickResponse {

                /** Properties of a ReportTickResponse. */
                interface $Properties {

                    /** ReportTickResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReportTickResponse. */
                type $Shape = kiln.control.v1.ReportTickResponse.$Properties;
            }

            /** LogLevel enum. */
            enum LogLevel {

                /** LOG_LEVEL_UNSPECIFIED value */
                LOG_LEVEL_UNSPECIFIED = 0,

                /** LOG_LEVEL_INFO value */
                LOG_LEVEL_INFO = 1,

                /** LOG_LEVEL_WARN value */
                LOG_LEVEL_WARN = 2,

                /** LOG_LEVEL_ERROR value */
                LOG_LEVEL_ERROR = 3
            }

            /**
             * Properties of a LogEntry.
             * @deprecated Use kiln.control.v1.LogEntry.$Properties instead.
             */
            interface ILogEntry extends kiln.control.v1.LogEntry.$Properties {
            }

            /** Represents a LogEntry. */
            class LogEntry {

                /**
                 * Constructs a new LogEntry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.LogEntry.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LogEntry level. */
                level: kiln.control.v1.LogLevel;

                /** LogEntry source. */
                source: string;

                /** LogEntry message. */
                message: string;

                /** LogEntry fieldsJson. */
                fieldsJson: string;

                /**
                 * Encodes the specified LogEntry message. Does not implicitly {@link kiln.control.v1.LogEntry.verify|verify} messages.
                 * @param message LogEntry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.LogEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LogEntry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.LogEntry & kiln.control.v1.LogEntry.$Shape} LogEntry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.LogEntry & kiln.control.v1.LogEntry.$Shape;
            }

            namespace LogEntry {

                /** Properties of a LogEntry. */
                interface $Properties {

                    /** LogEntry level */
                    level?: (kiln.control.v1.LogLevel|null);

                    /** LogEntry source */
                    source?: (string|null);

                    /** LogEntry message */
                    message?: (string|null);

                    /** LogEntry fieldsJson */
                    fieldsJson?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LogEntry. */
                type $Shape = kiln.control.v1.LogEntry.$Properties;
            }

            /**
             * Properties of a ReportLogRequest.
             * @deprecated Use kiln.control.v1.ReportLogRequest.$Properties instead.
             */
            interface IReportLogRequest extends kiln.control.v1.ReportLogRequest.$Properties {
            }

            /** Represents a ReportLogRequest. */
            class ReportLogRequest {

                /**
                 * Constructs a new ReportLogRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.ReportLogRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReportLogRequest seat. */
                seat?: (kiln.control.v1.Seat.$Properties|null);

                /** ReportLogRequest entry. */
                entry?: (kiln.control.v1.LogEntry.$Properties|null);

                /**
                 * Encodes the specified ReportLogRequest message. Does not implicitly {@link kiln.control.v1.ReportLogRequest.verify|verify} messages.
                 * @param message ReportLogRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.ReportLogRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReportLogRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.ReportLogRequest & kiln.control.v1.ReportLogRequest.$Shape} ReportLogRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.ReportLogRequest & kiln.control.v1.ReportLogRequest.$Shape;
            }

            namespace ReportLogRequest {

                /** Properties of a ReportLogRequest. */
                interface $Properties {

                    /** ReportLogRequest seat */
                    seat?: (kiln.control.v1.Seat.$Properties|null);

                    /** ReportLogRequest entry */
                    entry?: (kiln.control.v1.LogEntry.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReportLogRequest. */
                type $Shape = kiln.control.v1.ReportLogRequest.$Properties;
            }

            /**
             * Properties of a ReportLogResponse.
             * @deprecated Use kiln.control.v1.ReportLogResponse.$Properties instead.
             */
            interface IReportLogResponse extends kiln.control.v1.ReportLogResponse.$Properties {
            }

            /** Represents a ReportLogResponse. */
            class ReportLogResponse {

                /**
                 * Constructs a new ReportLogResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.ReportLogResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReportLogResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /**
                 * Encodes the specified ReportLogResponse message. Does not implicitly {@link kiln.control.v1.ReportLogResponse.verify|verify} messages.
                 * @param message ReportLogResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.ReportLogResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReportLogResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.ReportLogResponse & kiln.control.v1.ReportLogResponse.$Shape} ReportLogResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.ReportLogResponse & kiln.control.v1.ReportLogResponse.$Shape;
            }

            namespace ReportLogResponse {

                /** Properties of a ReportLogResponse. */
                interface $Properties {

                    /** ReportLogResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReportLogResponse. */
                type $Shape = kiln.control.v1.ReportLogResponse.$Properties;
            }

            /**
             * Properties of a BeginCheckpointRequest.
             * @deprecated Use kiln.control.v1.BeginCheckpointRequest.$Properties instead.
             */
            interface IBeginCheckpointRequest extends kiln.control.v1.BeginCheckpointRequest.$Properties {
            }

            /** Represents a BeginCheckpointRequest. */
            class BeginCheckpointRequest {

                /**
                 * Constructs a new BeginCheckpointRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.BeginCheckpointRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BeginCheckpointRequest seat. */
                seat?: (kiln.control.v1.Seat.$Properties|null);

                /** BeginCheckpointRequest step. */
                step: number;

                /** BeginCheckpointRequest permanent. */
                permanent: boolean;

                /**
                 * Encodes the specified BeginCheckpointRequest message. Does not implicitly {@link kiln.control.v1.BeginCheckpointRequest.verify|verify} messages.
                 * @param message BeginCheckpointRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.BeginCheckpointRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BeginCheckpointRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.BeginCheckpointRequest & kiln.control.v1.BeginCheckpointRequest.$Shape} BeginCheckpointRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.BeginCheckpointRequest & kiln.control.v1.BeginCheckpointRequest.$Shape;
            }

            namespace BeginCheckpointRequest {

                /** Properties of a BeginCheckpointRequest. */
                interface $Properties {

                    /** BeginCheckpointRequest seat */
                    seat?: (kiln.control.v1.Seat.$Properties|null);

                    /** BeginCheckpointRequest step */
                    step?: (number|null);

                    /** BeginCheckpointRequest permanent */
                    permanent?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BeginCheckpointRequest. */
                type $Shape = kiln.control.v1.BeginCheckpointRequest.$Properties;
            }

            /**
             * Properties of a BeginCheckpointResponse.
             * @deprecated Use kiln.control.v1.BeginCheckpointResponse.$Properties instead.
             */
            interface IBeginCheckpointResponse extends kiln.control.v1.BeginCheckpointResponse.$Properties {
            }

            /** Represents a BeginCheckpointResponse. */
            class BeginCheckpointResponse {

                /**
                 * Constructs a new BeginCheckpointResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.BeginCheckpointResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BeginCheckpointResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /** BeginCheckpointResponse staging. */
                staging: string;

                /** BeginCheckpointResponse nonce. */
                nonce: string;

                /** BeginCheckpointResponse error. */
                error: string;

                /** BeginCheckpointResponse committedPath. */
                committedPath: string;

                /**
                 * Encodes the specified BeginCheckpointResponse message. Does not implicitly {@link kiln.control.v1.BeginCheckpointResponse.verify|verify} messages.
                 * @param message BeginCheckpointResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.BeginCheckpointResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BeginCheckpointResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.BeginCheckpointResponse & kiln.control.v1.BeginCheckpointResponse.$Shape} BeginCheckpointResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.BeginCheckpointResponse & kiln.control.v1.BeginCheckpointResponse.$Shape;
            }

            namespace BeginCheckpointResponse {

                /** Properties of a BeginCheckpointResponse. */
                interface $Properties {

                    /** BeginCheckpointResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** BeginCheckpointResponse staging */
                    staging?: (string|null);

                    /** BeginCheckpointResponse nonce */
                    nonce?: (string|null);

                    /** BeginCheckpointResponse error */
                    error?: (string|null);

                    /** BeginCheckpointResponse committedPath */
                    committedPath?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BeginCheckpointResponse. */
                type $Shape = kiln.control.v1.BeginCheckpointResponse.$Properties;
            }

            /**
             * Properties of a TensorRecord.
             * @deprecated Use kiln.control.v1.TensorRecord.$Properties instead.
             */
            interface ITensorRecord extends kiln.control.v1.TensorRecord.$Properties {
            }

            /** Represents a TensorRecord. */
            class TensorRecord {

                /**
                 * Constructs a new TensorRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.TensorRecord.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TensorRecord name. */
                name: string;

                /** TensorRecord dtype. */
                dtype: string;

                /** TensorRecord shape. */
                shape: number[];

                /** TensorRecord sha256. */
                sha256: string;

                /** TensorRecord crc32c. */
                crc32c: string;

                /**
                 * Encodes the specified TensorRecord message. Does not implicitly {@link kiln.control.v1.TensorRecord.verify|verify} messages.
                 * @param message TensorRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.TensorRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TensorRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.TensorRecord & kiln.control.v1.TensorRecord.$Shape} TensorRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.TensorRecord & kiln.control.v1.TensorRecord.$Shape;
            }

            namespace TensorRecord {

                /** Properties of a TensorRecord. */
                interface $Properties {

                    /** TensorRecord name */
                    name?: (string|null);

                    /** TensorRecord dtype */
                    dtype?: (string|null);

                    /** TensorRecord shape */
                    shape?: (number[]|null);

                    /** TensorRecord sha256 */
                    sha256?: (string|null);

                    /** TensorRecord crc32c */
                    crc32c?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TensorRecord. */
                type $Shape = kiln.control.v1.TensorRecord.$Properties;
            }

            /**
             * Properties of a ShardRecord.
             * @deprecated Use kiln.control.v1.ShardRecord.$Properties instead.
             */
            interface IShardRecord extends kiln.control.v1.ShardRecord.$Properties {
            }

            /** Represents a ShardRecord. */
            class ShardRecord {

                /**
                 * Constructs a new ShardRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.ShardRecord.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ShardRecord file. */
                file: string;

                /** ShardRecord bytes. */
                bytes: number;

                /** ShardRecord sha256. */
                sha256: string;

                /** ShardRecord tensors. */
                tensors: kiln.control.v1.TensorRecord.$Properties[];

                /**
                 * Encodes the specified ShardRecord message. Does not implicitly {@link kiln.control.v1.ShardRecord.verify|verify} messages.
                 * @param message ShardRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.ShardRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ShardRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.ShardRecord & kiln.control.v1.ShardRecord.$Shape} ShardRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.ShardRecord & kiln.control.v1.ShardRecord.$Shape;
            }

            namespace ShardRecord {

                /** Properties of a ShardRecord. */
                interface $Properties {

                    /** ShardRecord file */
                    file?: (string|null);

                    /** ShardRecord bytes */
                    bytes?: (number|null);

                    /** ShardRecord sha256 */
                    sha256?: (string|null);

                    /** ShardRecord tensors */
                    tensors?: (kiln.control.v1.TensorRecord.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ShardRecord. */
                type $Shape = kiln.control.v1.ShardRecord.$Properties;
            }

            /**
             * Properties of a ReportShardRequest.
             * @deprecated Use kiln.control.v1.ReportShardRequest.$Properties instead.
             */
            interface IReportShardRequest extends kiln.control.v1.ReportShardRequest.$Properties {
            }

            /** Represents a ReportShardRequest. */
            class ReportShardRequest {

                /**
                 * Constructs a new ReportShardRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.ReportShardRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReportShardRequest seat. */
                seat?: (kiln.control.v1.Seat.$Properties|null);

                /** ReportShardRequest step. */
                step: number;

                /** ReportShardRequest nonce. */
                nonce: string;

                /** ReportShardRequest shard. */
                shard?: (kiln.control.v1.ShardRecord.$Properties|null);

                /** ReportShardRequest metaJson. */
                metaJson: string;

                /** ReportShardRequest expected. */
                expected: string[];

                /** ReportShardRequest error. */
                error: string;

                /**
                 * Encodes the specified ReportShardRequest message. Does not implicitly {@link kiln.control.v1.ReportShardRequest.verify|verify} messages.
                 * @param message ReportShardRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.ReportShardRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReportShardRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.ReportShardRequest & kiln.control.v1.ReportShardRequest.$Shape} ReportShardRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.ReportShardRequest & kiln.control.v1.ReportShardRequest.$Shape;
            }

            namespace ReportShardRequest {

                /** Properties of a ReportShardRequest. */
                interface $Properties {

                    /** ReportShardRequest seat */
                    seat?: (kiln.control.v1.Seat.$Properties|null);

                    /** ReportShardRequest step */
                    step?: (number|null);

                    /** ReportShardRequest nonce */
                    nonce?: (string|null);

                    /** ReportShardRequest shard */
                    shard?: (kiln.control.v1.ShardRecord.$Properties|null);

                    /** ReportShardRequest metaJson */
                    metaJson?: (string|null);

                    /** ReportShardRequest expected */
                    expected?: (string[]|null);

                    /** ReportShardRequest error */
                    error?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReportShardRequest. */
                type $Shape = kiln.control.v1.ReportShardRequest.$Properties;
            }

            /**
             * Properties of a ReportShardResponse.
             * @deprecated Use kiln.control.v1.ReportShardResponse.$Properties instead.
             */
            interface IReportShardResponse extends kiln.control.v1.ReportShardResponse.$Properties {
            }

            /** Represents a ReportShardResponse. */
            class ReportShardResponse {

                /**
                 * Constructs a new ReportShardResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.ReportShardResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReportShardResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /** ReportShardResponse committed. */
                committed: boolean;

                /** ReportShardResponse path. */
                path: string;

                /** ReportShardResponse error. */
                error: string;

                /**
                 * Encodes the specified ReportShardResponse message. Does not implicitly {@link kiln.control.v1.ReportShardResponse.verify|verify} messages.
                 * @param message ReportShardResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.ReportShardResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReportShardResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.ReportShardResponse & kiln.control.v1.ReportShardResponse.$Shape} ReportShardResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.ReportShardResponse & kiln.control.v1.ReportShardResponse.$Shape;
            }

            namespace ReportShardResponse {

                /** Properties of a ReportShardResponse. */
                interface $Properties {

                    /** ReportShardResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** ReportShardResponse committed */
                    committed?: (boolean|null);

                    /** ReportShardResponse path */
                    path?: (string|null);

                    /** ReportShardResponse error */
                    error?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReportShardResponse. */
                type $Shape = kiln.control.v1.ReportShardResponse.$Properties;
            }

            /** FailureKind enum. */
            enum FailureKind {

                /** FAILURE_KIND_UNSPECIFIED value */
                FAILURE_KIND_UNSPECIFIED = 0,

                /** FAILURE_KIND_INTERNAL value */
                FAILURE_KIND_INTERNAL = 1,

                /** FAILURE_KIND_USAGE value */
                FAILURE_KIND_USAGE = 2,

                /** FAILURE_KIND_DATA value */
                FAILURE_KIND_DATA = 3,

                /** FAILURE_KIND_CHECKPOINT value */
                FAILURE_KIND_CHECKPOINT = 4,

                /** FAILURE_KIND_WORKER_LOST value */
                FAILURE_KIND_WORKER_LOST = 5,

                /** FAILURE_KIND_COORDINATOR value */
                FAILURE_KIND_COORDINATOR = 6,

                /** FAILURE_KIND_SETUP value */
                FAILURE_KIND_SETUP = 7,

                /** FAILURE_KIND_TRAINING value */
                FAILURE_KIND_TRAINING = 8,

                /** FAILURE_KIND_PEER_LOST value */
                FAILURE_KIND_PEER_LOST = 9
            }

            /**
             * Properties of a Failure.
             * @deprecated Use kiln.control.v1.Failure.$Properties instead.
             */
            interface IFailure extends kiln.control.v1.Failure.$Properties {
            }

            /** Represents a Failure. */
            class Failure {

                /**
                 * Constructs a new Failure.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.Failure.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Failure kind. */
                kind: kiln.control.v1.FailureKind;

                /** Failure message. */
                message: string;

                /** Failure stack. */
                stack: string;

                /** Failure suspect. */
                suspect?: (number|null);

                /**
                 * Encodes the specified Failure message. Does not implicitly {@link kiln.control.v1.Failure.verify|verify} messages.
                 * @param message Failure message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.Failure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Failure message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.Failure & kiln.control.v1.Failure.$Shape} Failure
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.Failure & kiln.control.v1.Failure.$Shape;
            }

            namespace Failure {

                /** Properties of a Failure. */
                interface $Properties {

                    /** Failure kind */
                    kind?: (kiln.control.v1.FailureKind|null);

                    /** Failure message */
                    message?: (string|null);

                    /** Failure stack */
                    stack?: (string|null);

                    /** Failure suspect */
                    suspect?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Failure. */
                type $Shape = kiln.control.v1.Failure.$Properties;
            }

            /** LeaveReason enum. */
            enum LeaveReason {

                /** LEAVE_REASON_UNSPECIFIED value */
                LEAVE_REASON_UNSPECIFIED = 0,

                /** LEAVE_REASON_FINISHED value */
                LEAVE_REASON_FINISHED = 1,

                /** LEAVE_REASON_STOPPED value */
                LEAVE_REASON_STOPPED = 2,

                /** LEAVE_REASON_FAILED value */
                LEAVE_REASON_FAILED = 3
            }

            /**
             * Properties of a LeaveRequest.
             * @deprecated Use kiln.control.v1.LeaveRequest.$Properties instead.
             */
            interface ILeaveRequest extends kiln.control.v1.LeaveRequest.$Properties {
            }

            /** Represents a LeaveRequest. */
            class LeaveRequest {

                /**
                 * Constructs a new LeaveRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.LeaveRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LeaveRequest seat. */
                seat?: (kiln.control.v1.Seat.$Properties|null);

                /** LeaveRequest reason. */
                reason: kiln.control.v1.LeaveReason;

                /** LeaveRequest failure. */
                failure?: (kiln.control.v1.Failure.$Properties|null);

                /** LeaveRequest progress. */
                progress?: (kiln.control.v1.Progress.$Properties|null);

                /**
                 * Encodes the specified LeaveRequest message. Does not implicitly {@link kiln.control.v1.LeaveRequest.verify|verify} messages.
                 * @param message LeaveRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.LeaveRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LeaveRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.LeaveRequest & kiln.control.v1.LeaveRequest.$Shape} LeaveRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.LeaveRequest & kiln.control.v1.LeaveRequest.$Shape;
            }

            namespace LeaveRequest {

                /** Properties of a LeaveRequest. */
                interface $Properties {

                    /** LeaveRequest seat */
                    seat?: (kiln.control.v1.Seat.$Properties|null);

                    /** LeaveRequest reason */
                    reason?: (kiln.control.v1.LeaveReason|null);

                    /** LeaveRequest failure */
                    failure?: (kiln.control.v1.Failure.$Properties|null);

                    /** LeaveRequest progress */
                    progress?: (kiln.control.v1.Progress.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LeaveRequest. */
                type $Shape = kiln.control.v1.LeaveRequest.$Properties;
            }

            /**
             * Properties of a LeaveResponse.
             * @deprecated Use kiln.control.v1.LeaveResponse.$Properties instead.
             */
            interface ILeaveResponse extends kiln.control.v1.LeaveResponse.$Properties {
            }

            /** Represents a LeaveResponse. */
            class LeaveResponse {

                /**
                 * Constructs a new LeaveResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.LeaveResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LeaveResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /**
                 * Encodes the specified LeaveResponse message. Does not implicitly {@link kiln.control.v1.LeaveResponse.verify|verify} messages.
                 * @param message LeaveResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.LeaveResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LeaveResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.LeaveResponse & kiln.control.v1.LeaveResponse.$Shape} LeaveResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.LeaveResponse & kiln.control.v1.LeaveResponse.$Shape;
            }

            namespace LeaveResponse {

                /** Properties of a LeaveResponse. */
                interface $Properties {

                    /** LeaveResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LeaveResponse. */
                type $Shape = kiln.control.v1.LeaveResponse.$Properties;
            }

            /**
             * Properties of a GetStatusRequest.
             * @deprecated Use kiln.control.v1.GetStatusRequest.$Properties instead.
             */
            interface IGetStatusRequest extends kiln.control.v1.GetStatusRequest.$Properties {
            }

            /** Represents a GetStatusRequest. */
            class GetStatusRequest {

                /**
                 * Constructs a new GetStatusRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.GetStatusRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified GetStatusRequest message. Does not implicitly {@link kiln.control.v1.GetStatusRequest.verify|verify} messages.
                 * @param message GetStatusRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.GetStatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetStatusRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.GetStatusRequest & kiln.control.v1.GetStatusRequest.$Shape} GetStatusRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.GetStatusRequest & kiln.control.v1.GetStatusRequest.$Shape;
            }

            namespace GetStatusRequest {

                /** Properties of a GetStatusRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetStatusRequest. */
                type $Shape = kiln.control.v1.GetStatusRequest.$Properties;
            }

            /**
             * Properties of a GetStatusResponse.
             * @deprecated Use kiln.control.v1.GetStatusResponse.$Properties instead.
             */
            interface IGetStatusResponse extends kiln.control.v1.GetStatusResponse.$Properties {
            }

            /** Represents a GetStatusResponse. */
            class GetStatusResponse {

                /**
                 * Constructs a new GetStatusResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.GetStatusResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetStatusResponse status. */
                status?: (kiln.control.v1.RunStatus.$Properties|null);

                /**
                 * Encodes the specified GetStatusResponse message. Does not implicitly {@link kiln.control.v1.GetStatusResponse.verify|verify} messages.
                 * @param message GetStatusResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.GetStatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetStatusResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.GetStatusResponse & kiln.control.v1.GetStatusResponse.$Shape} GetStatusResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.GetStatusResponse & kiln.control.v1.GetStatusResponse.$Shape;
            }

            namespace GetStatusResponse {

                /** Properties of a GetStatusResponse. */
                interface $Properties {

                    /** GetStatusResponse status */
                    status?: (kiln.control.v1.RunStatus.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetStatusResponse. */
                type $Shape = kiln.control.v1.GetStatusResponse.$Properties;
            }

            /** RunState enum. */
            enum RunState {

                /** RUN_STATE_UNSPECIFIED value */
                RUN_STATE_UNSPECIFIED = 0,

                /** RUN_STATE_JOINING value */
                RUN_STATE_JOINING = 1,

                /** RUN_STATE_RUNNING value */
                RUN_STATE_RUNNING = 2,

                /** RUN_STATE_STOPPING value */
                RUN_STATE_STOPPING = 3,

                /** RUN_STATE_FINISHED value */
                RUN_STATE_FINISHED = 4,

                /** RUN_STATE_STOPPED value */
                RUN_STATE_STOPPED = 5,

                /** RUN_STATE_FAILED value */
                RUN_STATE_FAILED = 6
            }

            /**
             * Properties of a RunStatus.
             * @deprecated Use kiln.control.v1.RunStatus.$Properties instead.
             */
            interface IRunStatus extends kiln.control.v1.RunStatus.$Properties {
            }

            /** Represents a RunStatus. */
            class RunStatus {

                /**
                 * Constructs a new RunStatus.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.RunStatus.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RunStatus run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /** RunStatus state. */
                state: kiln.control.v1.RunState;

                /** RunStatus recipe. */
                recipe: string;

                /** RunStatus runFolder. */
                runFolder: string;

                /** RunStatus worldSize. */
                worldSize: number;

                /** RunStatus step. */
                step: number;

                /** RunStatus images. */
                images: number;

                /** RunStatus kimg. */
                kimg: number;

                /** RunStatus startedAtMs. */
                startedAtMs: number;

                /** RunStatus updatedAtMs. */
                updatedAtMs: number;

                /** RunStatus checkpoints. */
                checkpoints?: (kiln.control.v1.CheckpointStatus.$Properties|null);

                /** RunStatus outcome. */
                outcome?: (kiln.control.v1.Outcome.$Properties|null);

                /** RunStatus workers. */
                workers: kiln.control.v1.WorkerStatus.$Properties[];

                /** RunStatus coordinatorHost. */
                coordinatorHost: string;

                /** RunStatus coordinatorPid. */
                coordinatorPid: number;

                /**
                 * Encodes the specified RunStatus message. Does not implicitly {@link kiln.control.v1.RunStatus.verify|verify} messages.
                 * @param message RunStatus message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.RunStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RunStatus message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.RunStatus & kiln.control.v1.RunStatus.$Shape} RunStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.RunStatus & kiln.control.v1.RunStatus.$Shape;
            }

            namespace RunStatus {

                /** Properties of a RunStatus. */
                interface $Properties {

                    /** RunStatus run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** RunStatus state */
                    state?: (kiln.control.v1.RunState|null);

                    /** RunStatus recipe */
                    recipe?: (string|null);

                    /** RunStatus runFolder */
                    runFolder?: (string|null);

                    /** RunStatus worldSize */
                    worldSize?: (number|null);

                    /** RunStatus step */
                    step?: (number|null);

                    /** RunStatus images */
                    images?: (number|null);

                    /** RunStatus kimg */
                    kimg?: (number|null);

                    /** RunStatus startedAtMs */
                    startedAtMs?: (number|null);

                    /** RunStatus updatedAtMs */
                    updatedAtMs?: (number|null);

                    /** RunStatus checkpoints */
                    checkpoints?: (kiln.control.v1.CheckpointStatus.$Properties|null);

                    /** RunStatus outcome */
                    outcome?: (kiln.control.v1.Outcome.$Properties|null);

                    /** RunStatus workers */
                    workers?: (kiln.control.v1.WorkerStatus.$Properties[]|null);

                    /** RunStatus coordinatorHost */
                    coordinatorHost?: (string|null);

                    /** RunStatus coordinatorPid */
                    coordinatorPid?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RunStatus. */
                type $Shape = kiln.control.v1.RunStatus.$Properties;
            }

            /**
             * Properties of a CheckpointStatus.
             * @deprecated Use kiln.control.v1.CheckpointStatus.$Properties instead.
             */
            interface ICheckpointStatus extends kiln.control.v1.CheckpointStatus.$Properties {
            }

            /** Represents a CheckpointStatus. */
            class CheckpointStatus {

                /**
                 * Constructs a new CheckpointStatus.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.CheckpointStatus.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckpointStatus committed. */
                committed: number;

                /** CheckpointStatus failed. */
                failed: number;

                /** CheckpointStatus lastStep. */
                lastStep?: (number|null);

                /** CheckpointStatus lastPath. */
                lastPath: string;

                /** CheckpointStatus lastError. */
                lastError: string;

                /**
                 * Encodes the specified CheckpointStatus message. Does not implicitly {@link kiln.control.v1.CheckpointStatus.verify|verify} messages.
                 * @param message CheckpointStatus message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.CheckpointStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckpointStatus message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.CheckpointStatus & kiln.control.v1.CheckpointStatus.$Shape} CheckpointStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.CheckpointStatus & kiln.control.v1.CheckpointStatus.$Shape;
            }

            namespace CheckpointStatus {

                /** Properties of a CheckpointStatus. */
                interface $Properties {

                    /** CheckpointStatus committed */
                    committed?: (number|null);

                    /** CheckpointStatus failed */
                    failed?: (number|null);

                    /** CheckpointStatus lastStep */
                    lastStep?: (number|null);

                    /** CheckpointStatus lastPath */
                    lastPath?: (string|null);

                    /** CheckpointStatus lastError */
                    lastError?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckpointStatus. */
                type $Shape = kiln.control.v1.CheckpointStatus.$Properties;
            }

            /** WorkerState enum. */
            enum WorkerState {

                /** WORKER_STATE_UNSPECIFIED value */
                WORKER_STATE_UNSPECIFIED = 0,

                /** WORKER_STATE_JOINED value */
                WORKER_STATE_JOINED = 1,

                /** WORKER_STATE_LIVE value */
                WORKER_STATE_LIVE = 2,

                /** WORKER_STATE_LEFT value */
                WORKER_STATE_LEFT = 3,

                /** WORKER_STATE_LOST value */
                WORKER_STATE_LOST = 4
            }

            /**
             * Properties of a WorkerStatus.
             * @deprecated Use kiln.control.v1.WorkerStatus.$Properties instead.
             */
            interface IWorkerStatus extends kiln.control.v1.WorkerStatus.$Properties {
            }

            /** Represents a WorkerStatus. */
            class WorkerStatus {

                /**
                 * Constructs a new WorkerStatus.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.WorkerStatus.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WorkerStatus rank. */
                rank: number;

                /** WorkerStatus host. */
                host: string;

                /** WorkerStatus pid. */
                pid: number;

                /** WorkerStatus device. */
                device: string;

                /** WorkerStatus state. */
                state: kiln.control.v1.WorkerState;

                /** WorkerStatus progress. */
                progress?: (kiln.control.v1.Progress.$Properties|null);

                /** WorkerStatus lastHeartbeatAgeMs. */
                lastHeartbeatAgeMs?: (number|null);

                /** WorkerStatus lateness. */
                lateness?: (kiln.control.v1.Lateness.$Properties|null);

                /** WorkerStatus trainingLateness. */
                trainingLateness?: (kiln.control.v1.Lateness.$Properties|null);

                /** WorkerStatus trainingSendLateness. */
                trainingSendLateness?: (kiln.control.v1.Lateness.$Properties|null);

                /**
                 * Encodes the specified WorkerStatus message. Does not implicitly {@link kiln.control.v1.WorkerStatus.verify|verify} messages.
                 * @param message WorkerStatus message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.WorkerStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WorkerStatus message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.WorkerStatus & kiln.control.v1.WorkerStatus.$Shape} WorkerStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.WorkerStatus & kiln.control.v1.WorkerStatus.$Shape;
            }

            namespace WorkerStatus {

                /** Properties of a WorkerStatus. */
                interface $Properties {

                    /** WorkerStatus rank */
                    rank?: (number|null);

                    /** WorkerStatus host */
                    host?: (string|null);

                    /** WorkerStatus pid */
                    pid?: (number|null);

                    /** WorkerStatus device */
                    device?: (string|null);

                    /** WorkerStatus state */
                    state?: (kiln.control.v1.WorkerState|null);

                    /** WorkerStatus progress */
                    progress?: (kiln.control.v1.Progress.$Properties|null);

                    /** WorkerStatus lastHeartbeatAgeMs */
                    lastHeartbeatAgeMs?: (number|null);

                    /** WorkerStatus lateness */
                    lateness?: (kiln.control.v1.Lateness.$Properties|null);

                    /** WorkerStatus trainingLateness */
                    trainingLateness?: (kiln.control.v1.Lateness.$Properties|null);

                    /** WorkerStatus trainingSendLateness */
                    trainingSendLateness?: (kiln.control.v1.Lateness.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WorkerStatus. */
                type $Shape = kiln.control.v1.WorkerStatus.$Properties;
            }

            /**
             * Properties of a Lateness.
             * @deprecated Use kiln.control.v1.Lateness.$Properties instead.
             */
            interface ILateness extends kiln.control.v1.Lateness.$Properties {
            }

            /** Represents a Lateness. */
            class Lateness {

                /**
                 * Constructs a new Lateness.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.Lateness.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Lateness beats. */
                beats: number;

                /** Lateness p50Ms. */
                p50Ms: number;

                /** Lateness p99Ms. */
                p99Ms: number;

                /** Lateness maxMs. */
                maxMs: number;

                /**
                 * Encodes the specified Lateness message. Does not implicitly {@link kiln.control.v1.Lateness.verify|verify} messages.
                 * @param message Lateness message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.Lateness.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Lateness message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.Lateness & kiln.control.v1.Lateness.$Shape} Lateness
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.Lateness & kiln.control.v1.Lateness.$Shape;
            }

            namespace Lateness {

                /** Properties of a Lateness. */
                interface $Properties {

                    /** Lateness beats */
                    beats?: (number|null);

                    /** Lateness p50Ms */
                    p50Ms?: (number|null);

                    /** Lateness p99Ms */
                    p99Ms?: (number|null);

                    /** Lateness maxMs */
                    maxMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Lateness. */
                type $Shape = kiln.control.v1.Lateness.$Properties;
            }

            /**
             * Properties of an Outcome.
             * @deprecated Use kiln.control.v1.Outcome.$Properties instead.
             */
            interface IOutcome extends kiln.control.v1.Outcome.$Properties {
            }

            /** Represents an Outcome. */
            class Outcome {

                /**
                 * Constructs a new Outcome.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.Outcome.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Outcome state. */
                state: kiln.control.v1.RunState;

                /** Outcome exitCode. */
                exitCode: number;

                /** Outcome message. */
                message: string;

                /** Outcome rootCause. */
                rootCause?: (kiln.control.v1.RootCause.$Properties|null);

                /**
                 * Encodes the specified Outcome message. Does not implicitly {@link kiln.control.v1.Outcome.verify|verify} messages.
                 * @param message Outcome message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.Outcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Outcome message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.Outcome & kiln.control.v1.Outcome.$Shape} Outcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.Outcome & kiln.control.v1.Outcome.$Shape;
            }

            namespace Outcome {

                /** Properties of an Outcome. */
                interface $Properties {

                    /** Outcome state */
                    state?: (kiln.control.v1.RunState|null);

                    /** Outcome exitCode */
                    exitCode?: (number|null);

                    /** Outcome message */
                    message?: (string|null);

                    /** Outcome rootCause */
                    rootCause?: (kiln.control.v1.RootCause.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Outcome. */
                type $Shape = kiln.control.v1.Outcome.$Properties;
            }

            /**
             * Properties of a RootCause.
             * @deprecated Use kiln.control.v1.RootCause.$Properties instead.
             */
            interface IRootCause extends kiln.control.v1.RootCause.$Properties {
            }

            /** Represents a RootCause. */
            class RootCause {

                /**
                 * Constructs a new RootCause.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.RootCause.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RootCause kind. */
                kind: kiln.control.v1.FailureKind;

                /** RootCause message. */
                message: string;

                /** RootCause rank. */
                rank?: (number|null);

                /** RootCause host. */
                host: string;

                /** RootCause pid. */
                pid: number;

                /**
                 * Encodes the specified RootCause message. Does not implicitly {@link kiln.control.v1.RootCause.verify|verify} messages.
                 * @param message RootCause message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.RootCause.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RootCause message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.RootCause & kiln.control.v1.RootCause.$Shape} RootCause
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.RootCause & kiln.control.v1.RootCause.$Shape;
            }

            namespace RootCause {

                /** Properties of a RootCause. */
                interface $Properties {

                    /** RootCause kind */
                    kind?: (kiln.control.v1.FailureKind|null);

                    /** RootCause message */
                    message?: (string|null);

                    /** RootCause rank */
                    rank?: (number|null);

                    /** RootCause host */
                    host?: (string|null);

                    /** RootCause pid */
                    pid?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RootCause. */
                type $Shape = kiln.control.v1.RootCause.$Properties;
            }

            /**
             * Properties of a WatchRequest.
             * @deprecated Use kiln.control.v1.WatchRequest.$Properties instead.
             */
            interface IWatchRequest extends kiln.control.v1.WatchRequest.$Properties {
            }

            /** Represents a WatchRequest. */
            class WatchRequest {

                /**
                 * Constructs a new WatchRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.WatchRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchRequest afterSequence. */
                afterSequence: number;

                /**
                 * Encodes the specified WatchRequest message. Does not implicitly {@link kiln.control.v1.WatchRequest.verify|verify} messages.
                 * @param message WatchRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.WatchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.WatchRequest & kiln.control.v1.WatchRequest.$Shape} WatchRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.WatchRequest & kiln.control.v1.WatchRequest.$Shape;
            }

            namespace WatchRequest {

                /** Properties of a WatchRequest. */
                interface $Properties {

                    /** WatchRequest afterSequence */
                    afterSequence?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WatchRequest. */
                type $Shape = kiln.control.v1.WatchRequest.$Properties;
            }

            /**
             * Properties of a WatchResponse.
             * @deprecated Use kiln.control.v1.WatchResponse.$Properties instead.
             */
            interface IWatchResponse extends kiln.control.v1.WatchResponse.$Properties {
            }

            /** Represents a WatchResponse. */
            class WatchResponse {

                /**
                 * Constructs a new WatchResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.WatchResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /** WatchResponse sequence. */
                sequence: number;

                /** WatchResponse tick. */
                tick?: (kiln.control.v1.Tick.$Properties|null);

                /** WatchResponse status. */
                status?: (kiln.control.v1.RunStatus.$Properties|null);

                /** WatchResponse log. */
                log?: (kiln.control.v1.LogEntry.$Properties|null);

                /** WatchResponse checkpoint. */
                checkpoint?: (kiln.control.v1.CheckpointSaved.$Properties|null);

                /** WatchResponse outcome. */
                outcome?: (kiln.control.v1.Outcome.$Properties|null);

                /** WatchResponse event. */
                event?: ("tick"|"status"|"log"|"checkpoint"|"outcome");

                /**
                 * Encodes the specified WatchResponse message. Does not implicitly {@link kiln.control.v1.WatchResponse.verify|verify} messages.
                 * @param message WatchResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.WatchResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.WatchResponse & kiln.control.v1.WatchResponse.$Shape} WatchResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.WatchResponse & kiln.control.v1.WatchResponse.$Shape;
            }

            namespace WatchResponse {

                /** Properties of a WatchResponse. */
                interface $Properties {

                    /** WatchResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** WatchResponse sequence */
                    sequence?: (number|null);

                    /** WatchResponse tick */
                    tick?: (kiln.control.v1.Tick.$Properties|null);

                    /** WatchResponse status */
                    status?: (kiln.control.v1.RunStatus.$Properties|null);

                    /** WatchResponse log */
                    log?: (kiln.control.v1.LogEntry.$Properties|null);

                    /** WatchResponse checkpoint */
                    checkpoint?: (kiln.control.v1.CheckpointSaved.$Properties|null);

                    /** WatchResponse outcome */
                    outcome?: (kiln.control.v1.Outcome.$Properties|null);

                    /** WatchResponse event */
                    event?: ("tick"|"status"|"log"|"checkpoint"|"outcome");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a WatchResponse. */
                type $Shape = {
                  run?: kiln.control.v1.RunRef.$Shape|null;
                  sequence?: number|null;
                  tick?: kiln.control.v1.Tick.$Shape|null;
                  status?: kiln.control.v1.RunStatus.$Shape|null;
                  log?: kiln.control.v1.LogEntry.$Shape|null;
                  checkpoint?: kiln.control.v1.CheckpointSaved.$Shape|null;
                  outcome?: kiln.control.v1.Outcome.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ event?: undefined; tick?: null; status?: null; log?: null; checkpoint?: null; outcome?: null }|{ event?: "tick"; tick: kiln.control.v1.Tick.$Shape; status?: null; log?: null; checkpoint?: null; outcome?: null }|{ event?: "status"; tick?: null; status: kiln.control.v1.RunStatus.$Shape; log?: null; checkpoint?: null; outcome?: null }|{ event?: "log"; tick?: null; status?: null; log: kiln.control.v1.LogEntry.$Shape; checkpoint?: null; outcome?: null }|{ event?: "checkpoint"; tick?: null; status?: null; log?: null; checkpoint: kiln.control.v1.CheckpointSaved.$Shape; outcome?: null }|{ event?: "outcome"; tick?: null; status?: null; log?: null; checkpoint?: null; outcome: kiln.control.v1.Outcome.$Shape })
                );
            }

            /**
             * Properties of a CheckpointSaved.
             * @deprecated Use kiln.control.v1.CheckpointSaved.$Properties instead.
             */
            interface ICheckpointSaved extends kiln.control.v1.CheckpointSaved.$Properties {
            }

            /** Represents a CheckpointSaved. */
            class CheckpointSaved {

                /**
                 * Constructs a new CheckpointSaved.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.CheckpointSaved.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckpointSaved step. */
                step: number;

                /** CheckpointSaved committed. */
                committed: boolean;

                /** CheckpointSaved path. */
                path: string;

                /** CheckpointSaved error. */
                error: string;

                /** CheckpointSaved seconds. */
                seconds: number;

                /**
                 * Encodes the specified CheckpointSaved message. Does not implicitly {@link kiln.control.v1.CheckpointSaved.verify|verify} messages.
                 * @param message CheckpointSaved message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.CheckpointSaved.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckpointSaved message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.CheckpointSaved & kiln.control.v1.CheckpointSaved.$Shape} CheckpointSaved
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.CheckpointSaved & kiln.control.v1.CheckpointSaved.$Shape;
            }

            namespace CheckpointSaved {

                /** Properties of a CheckpointSaved. */
                interface $Properties {

                    /** CheckpointSaved step */
                    step?: (number|null);

                    /** CheckpointSaved committed */
                    committed?: (boolean|null);

                    /** CheckpointSaved path */
                    path?: (string|null);

                    /** CheckpointSaved error */
                    error?: (string|null);

                    /** CheckpointSaved seconds */
                    seconds?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckpointSaved. */
                type $Shape = kiln.control.v1.CheckpointSaved.$Properties;
            }

            /**
             * Properties of a SaveRequest.
             * @deprecated Use kiln.control.v1.SaveRequest.$Properties instead.
             */
            interface ISaveRequest extends kiln.control.v1.SaveRequest.$Properties {
            }

            /** Represents a SaveRequest. */
            class SaveRequest {

                /**
                 * Constructs a new SaveRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.SaveRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SaveRequest reason. */
                reason: string;

                /**
                 * Encodes the specified SaveRequest message. Does not implicitly {@link kiln.control.v1.SaveRequest.verify|verify} messages.
                 * @param message SaveRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.SaveRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SaveRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.SaveRequest & kiln.control.v1.SaveRequest.$Shape} SaveRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.SaveRequest & kiln.control.v1.SaveRequest.$Shape;
            }

            namespace SaveRequest {

                /** Properties of a SaveRequest. */
                interface $Properties {

                    /** SaveRequest reason */
                    reason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SaveRequest. */
                type $Shape = kiln.control.v1.SaveRequest.$Properties;
            }

            /**
             * Properties of a SaveResponse.
             * @deprecated Use kiln.control.v1.SaveResponse.$Properties instead.
             */
            interface ISaveResponse extends kiln.control.v1.SaveResponse.$Properties {
            }

            /** Represents a SaveResponse. */
            class SaveResponse {

                /**
                 * Constructs a new SaveResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.SaveResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SaveResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /**
                 * Encodes the specified SaveResponse message. Does not implicitly {@link kiln.control.v1.SaveResponse.verify|verify} messages.
                 * @param message SaveResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.SaveResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SaveResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.SaveResponse & kiln.control.v1.SaveResponse.$Shape} SaveResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.SaveResponse & kiln.control.v1.SaveResponse.$Shape;
            }

            namespace SaveResponse {

                /** Properties of a SaveResponse. */
                interface $Properties {

                    /** SaveResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SaveResponse. */
                type $Shape = kiln.control.v1.SaveResponse.$Properties;
            }

            /**
             * Properties of a StopRequest.
             * @deprecated Use kiln.control.v1.StopRequest.$Properties instead.
             */
            interface IStopRequest extends kiln.control.v1.StopRequest.$Properties {
            }

            /** Represents a StopRequest. */
            class StopRequest {

                /**
                 * Constructs a new StopRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.StopRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StopRequest reason. */
                reason: string;

                /** StopRequest now. */
                now: boolean;

                /** StopRequest failure. */
                failure?: (kiln.control.v1.Failure.$Properties|null);

                /**
                 * Encodes the specified StopRequest message. Does not implicitly {@link kiln.control.v1.StopRequest.verify|verify} messages.
                 * @param message StopRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.StopRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StopRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.StopRequest & kiln.control.v1.StopRequest.$Shape} StopRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.StopRequest & kiln.control.v1.StopRequest.$Shape;
            }

            namespace StopRequest {

                /** Properties of a StopRequest. */
                interface $Properties {

                    /** StopRequest reason */
                    reason?: (string|null);

                    /** StopRequest now */
                    now?: (boolean|null);

                    /** StopRequest failure */
                    failure?: (kiln.control.v1.Failure.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StopRequest. */
                type $Shape = kiln.control.v1.StopRequest.$Properties;
            }

            /**
             * Properties of a StopResponse.
             * @deprecated Use kiln.control.v1.StopResponse.$Properties instead.
             */
            interface IStopResponse extends kiln.control.v1.StopResponse.$Properties {
            }

            /** Represents a StopResponse. */
            class StopResponse {

                /**
                 * Constructs a new StopResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: kiln.control.v1.StopResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StopResponse run. */
                run?: (kiln.control.v1.RunRef.$Properties|null);

                /**
                 * Encodes the specified StopResponse message. Does not implicitly {@link kiln.control.v1.StopResponse.verify|verify} messages.
                 * @param message StopResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: kiln.control.v1.StopResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StopResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {kiln.control.v1.StopResponse & kiln.control.v1.StopResponse.$Shape} StopResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): kiln.control.v1.StopResponse & kiln.control.v1.StopResponse.$Shape;
            }

            namespace StopResponse {

                /** Properties of a StopResponse. */
                interface $Properties {

                    /** StopResponse run */
                    run?: (kiln.control.v1.RunRef.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StopResponse. */
                type $Shape = kiln.control.v1.StopResponse.$Properties;
            }
        }
    }
}
