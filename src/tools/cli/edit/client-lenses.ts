import { join } from "node:path";
import {
  CodeLensRefreshRequest,
  type Connection,
  type InitializeParams,
  MessageType,
  ShowMessageNotification,
} from "vscode-languageserver";
import { objectOf, textsOf } from "../../../json.ts";
import type { Feature } from "../../editor/feature.ts";
import { announcedBy } from "../../editor/features.ts";
import type { Project } from "../../editor/project.ts";
import { DEFAULT_LOGS } from "./decision-logs.ts";
import { LensSources } from "./lens-sources.ts";
import { lensFeatures } from "./lenses.ts";
import { TEST_VIEW } from "./test-view-requests.ts";

/** The lenses and the test view for one client, by what it announced and how it is configured. */
export class ClientLenses {
  readonly features: readonly Feature[];
  readonly #connection: Connection;
  /** Directory and policies -> what the lenses of that project are made of. */
  readonly #sources = new Map<string, LensSources>();
  #decisionLog: readonly string[] = DEFAULT_LOGS;
  #canRefresh = false;
  #showsLists = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.features = [
      ...lensFeatures({
        sourcesOf: (project) => this.#sourcesOf(project),
        show: (message) => {
          if (this.#showsLists) return;
          void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
        },
      }),
      ...TEST_VIEW,
    ];
  }

  get announced() {
    return announcedBy(this.features);
  }

  /** `initializationOptions`: `decisionLog`, files relative to the service; `showsLists`, for a client with a view. */
  initialize({ capabilities, initializationOptions }: InitializeParams): void {
    const { decisionLog, showsLists } = objectOf(initializationOptions);
    if (typeof decisionLog === "string") this.#decisionLog = [decisionLog];
    if (Array.isArray(decisionLog)) this.#decisionLog = textsOf(decisionLog);
    this.#showsLists = showsLists === true;
    this.#canRefresh = capabilities.workspace?.codeLens?.refreshSupport === true;
  }

  #sourcesOf({ directory, policies }: Project): LensSources {
    const key = `${directory}\n${policies}`;
    const known = this.#sources.get(key);
    if (known !== undefined) return known;
    const sources = new LensSources(directory, join(directory, policies), {
      now: Date.now,
      decisionLog: this.#decisionLog,
      changed: () => this.#refresh(),
    });
    this.#sources.set(key, sources);
    return sources;
  }

  /** The client asks again for what it shows. */
  #refresh(): void {
    if (!this.#canRefresh) return;
    // A client that is about to close does not answer.
    this.#connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
  }
}
