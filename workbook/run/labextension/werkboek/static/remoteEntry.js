// A JupyterLab extension written by hand, so that nobody needs node to build it. It is what webpack
// would have made: a container that JupyterLab initialises with the packages it shares.
(() => {
  let shared;

  // The package that JupyterLab itself uses; another copy's tracker would know no notebooks.
  const load = async name => {
    const versions = Object.values(shared[name]);
    const own = versions.find(version => version.loaded || version.eager) ?? versions[0];
    return (await own.get())();
  };

  const codeCells = panel => panel.content.widgets.filter(cell => cell.model.type === 'code');

  const shownWidgets = cell =>
    cell.model.outputs
      .toJSON()
      .map(output => output.data?.['application/vnd.jupyter.widget-view+json']?.model_id)
      .filter(id => id);

  // The cells that have not run, or show a widget that is gone: their outputs were not saved, or were
  // saved before they ran again, as when somebody reloads halfway. All of them, if nothing is left:
  // then this is another kernel.
  const cellsToRun = (panel, alive) => {
    const cells = codeCells(panel);
    if (!cells.some(cell => shownWidgets(cell).some(id => id in alive))) return cells;
    return cells.filter(
      cell =>
        cell.model.executionCount === null || !shownWidgets(cell).every(id => id in alive)
    );
  };

  // ipywidgets looks for a widget every tenth of a second, for two seconds, and not once more at the
  // end. A large notebook that is loaded again has its widgets back just then: they are there, and
  // never shown. So each gets a second chance.
  const showAgain = panel => {
    const tried = new WeakSet();
    const failed = '.jp-OutputArea-output.jupyter-widgets';
    const isFailed = view => view.renderModel && view.node.matches(failed) && !tried.has(view);
    new MutationObserver(changes => {
      if (!changes.some(change => change.target.matches(failed))) return;
      for (const cell of codeCells(panel)) {
        cell.outputArea.widgets.forEach((child, i) => {
          const view = child.widgets?.find(isFailed);
          if (!view) return;
          tried.add(view);
          view.removeClass('jupyter-widgets');
          void view.renderModel(cell.outputArea.model.get(i));
        });
      }
    }).observe(panel.node, { subtree: true, attributeFilter: ['class'] });
  };

  const runNotebooks = (app, tracker, CodeCell, NotebookActions) => {
    // The list of files is no use to most people. Once per browser tab: whoever opens it keeps it.
    const makeRoom = async () => {
      await app.restored;
      if (sessionStorage.getItem('werkboek')) return;
      sessionStorage.setItem('werkboek', 'seen');
      app.shell.collapseLeft();
    };

    const follow = async panel => {
      await panel.context.ready;
      if (!panel.context.path.includes('/live/')) return;
      void makeRoom();
      showAgain(panel);
      const session = panel.sessionContext;
      let busy = false;
      let restarted = false;
      let saving = false;
      let saved = () => {};
      panel.context.saveState.connect((_, state) => {
        saving = state === 'started';
        if (!saving) saved();
      });

      const run = async () => {
        const kernel = session.session?.kernel;
        if (busy || !kernel) return;
        busy = true;
        try {
          await app.restored; // by then the widgets have somebody to look after them
          // After a reload the widgets are still in the kernel and come back by themselves.
          const reply = await kernel.requestCommInfo({ target_name: 'jupyter.widget' });
          const cells = cellsToRun(panel, reply.content.comms ?? {});
          if (!cells.length) return;
          // Not NotebookActions.runAll: that scrolls to the last cell and takes the focus. The tag
          // is for this run only; it keeps an error in one cell from stopping the others.
          const only = { tags: ['raises-exception'] };
          await Promise.allSettled(cells.map(cell => CodeCell.execute(cell, session, only)));
          // At once, so that a reload in the next ten seconds finds the outputs. After a save that is
          // going on, or JupyterLab would ask which of the two to keep: what comes while it saves it
          // takes for saved, and would not save later.
          if (saving) await new Promise(resolve => (saved = resolve));
          if (!panel.isDisposed) await panel.context.save();
        } finally {
          busy = false;
        }
      };

      // "Restart and run all" runs the cells itself; half a second tells.
      NotebookActions.executionScheduled.connect((_, { notebook }) => {
        if (notebook === panel.content) restarted = false;
      });
      session.statusChanged.connect((_, status) => {
        if (status === 'restarting') restarted = true;
        // A kernel that dies of these cells would die again, and again.
        if (status === 'autorestarting') restarted = !busy;
        if (status === 'idle' && restarted) {
          setTimeout(() => {
            if (restarted) void run();
            restarted = false;
          }, 500);
        }
      });
      session.kernelChanged.connect(() => void run());
      await session.ready;
      await run();
    };

    tracker.forEach(panel => void follow(panel));
    tracker.widgetAdded.connect((_, panel) => void follow(panel));
  };

  // Single letters remove a cell, turn it into text or restart the kernel, unasked: who fills in a
  // form and misses it must not lose the form. The menus still do all that.
  const quietKeys = () => {
    const typing = 'input, textarea, [contenteditable], .cm-editor, .jp-Dialog';
    const swallow = event => {
      const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      const target = event.target;
      if (!plain || !(target instanceof Element) || target.closest(typing)) return;
      if (target.closest('.jp-NotebookPanel')) event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', swallow, true);
  };

  // Of code that is folded away only the dots stay: its first line says nothing to most people.
  const foldCode = () => {
    const style = document.createElement('style');
    style.textContent = `
      .jp-InputPlaceholder { opacity: .3; }
      .jp-InputPlaceholder:hover { opacity: 1; }
      .jp-InputPlaceholder .jp-Placeholder-content { min-height: 0; padding: 0; line-height: 1; }
      .jp-InputPlaceholder .jp-PlaceholderText { display: none; }
      .jp-InputPlaceholder .jp-Placeholder-content { background: none; border-color: transparent; }`;
    document.head.append(style);
  };

  const get = async () => {
    const { INotebookTracker, NotebookActions } = await load('@jupyterlab/notebook');
    const { CodeCell } = await load('@jupyterlab/cells');
    const activate = (app, tracker) => {
      runNotebooks(app, tracker, CodeCell, NotebookActions);
      foldCode();
      quietKeys();
    };
    const plugin = { id: 'werkboek:live', autoStart: true, requires: [INotebookTracker], activate };
    return () => ({ __esModule: true, default: plugin });
  };

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB.werkboek = { init: scope => void (shared = scope), get };
})();
